/** See lib.mjs, which is plain JavaScript because the build is. */
export function buildLibrary(folder: string): Promise<void>
