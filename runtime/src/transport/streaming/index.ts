import { StreamedRequest } from "../exchange/streamed-request.js";
import { StreamedResponse } from "../exchange/streamed-response.js";
import { fetchBody } from "./fetch-body.js";
import { provideStreaming } from "../exchange/streaming.js";

const code = { StreamedRequest, StreamedResponse, fetchBody };

/**
 * Makes every transport of the program able to send and receive streaming bodies. Operations that stream call it; call it
 * yourself only to hand streams to a transport directly. Other programs do not hold this code.
 */
export function enableStreaming(): void {
  provideStreaming(code);
}
