/** As `own-streams.ts`: `fetch` is the transport of the platform. */
export function provideOwnStreams(): void {}
