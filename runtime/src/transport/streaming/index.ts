import { StreamedRequest } from "../exchange/streamed-request.js";
import { provideSending } from "../exchange/sending.js";
import { enableReceiving } from "./receiving.js";

/**
 * Enables streaming bodies for every transport of the program. Operations that stream call it. Call it yourself only to
 * pass streams to a transport directly. Other programs do not contain this code.
 */
export function enableStreaming(): void {
  enableReceiving();
  provideSending(StreamedRequest);
}
