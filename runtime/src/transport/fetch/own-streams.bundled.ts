import { provideStreaming } from "../exchange/streaming.js";
import { FetchStreams } from "./streams.js";

/** `own-streams.ts` in a bundle for Node: few programs send over `fetch` there, so this transport brings its own code. */
export function provideOwnStreams(): void {
  provideStreaming({ FetchStreams });
}
