/** See find-browser.mjs, which is plain JavaScript because it runs before the dependencies are installed. */
export function findBrowser(): Promise<string | null>
