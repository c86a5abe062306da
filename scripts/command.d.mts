/** See command.mjs, which is plain JavaScript because it runs before the dependencies are installed. */
export class Failure extends Error {}
export function main(script: () => Promise<void>): Promise<void>
