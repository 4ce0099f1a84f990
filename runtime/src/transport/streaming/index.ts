import { provideStreaming } from "../exchange/streaming.js";
import { code } from "./code.js";

/**
 * Enables streaming bodies for every transport of the program. Operations that stream call it. Call it yourself only to
 * pass streams to a transport directly. Other programs do not contain this code.
 */
export function enableStreaming(): void {
  provideStreaming(code);
}
