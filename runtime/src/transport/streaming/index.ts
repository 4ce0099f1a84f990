import { StreamedRequest } from "../exchange/streamed-request.js";
import { StreamedResponse } from "../exchange/streamed-response.js";
import { fetchBody } from "./fetch-body.js";
import { provideStreaming } from "../exchange/streaming.js";

const code = { StreamedRequest, StreamedResponse, fetchBody };

/**
 * Enables streaming bodies for every transport of the program. Operations that stream call it. Call it yourself only to
 * pass streams to a transport directly. Other programs do not contain this code.
 */
export function enableStreaming(): void {
  provideStreaming(code);
}
