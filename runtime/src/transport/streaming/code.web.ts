import type { Streaming } from "../exchange/streaming.js";
import { FetchStreams } from "../fetch/streams.js";

/** `code.ts` for platforms whose only transport is `fetch`. */
export const code: Partial<Streaming> = { FetchStreams };
