/** The operations that stream bring the code for streaming bodies over `fetch`. */
export function provideOwnStreams(): void {}
