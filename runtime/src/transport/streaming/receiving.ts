import { provideStreaming } from "../exchange/streaming.js";
import { code } from "./code.js";

/** `enableStreaming` for responses only: operations that stream their output call it. */
export function enableReceiving(): void {
  provideStreaming(code);
}
