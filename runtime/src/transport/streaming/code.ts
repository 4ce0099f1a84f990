import type { Streaming } from "../exchange/streaming.js";
import { ExchangeStreams } from "../exchange/streams.js";
import { FetchStreams } from "../fetch/streams.js";

/** The code for streaming bodies of every transport. */
export const code: Partial<Streaming> = { ExchangeStreams, FetchStreams };
