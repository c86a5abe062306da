/** See find-firefox.mjs, which is plain JavaScript because it runs before the dependencies are installed. */
export function findFirefox(): string | null
export const howToGetFirefox: string
