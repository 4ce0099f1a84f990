import type { Streaming } from "../exchange/streaming.js";
import { ExchangeStreams } from "../exchange/streams.js";

/** `code.ts` in a bundle for Node, where the transport over `fetch` brings its own code. */
export const code: Partial<Streaming> = { ExchangeStreams };
