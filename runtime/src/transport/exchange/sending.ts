import type { HttpRequest } from "../../schema/http.js";
import { notEnabled } from "./not-enabled.js";
import type { StreamedRequest } from "./streamed-request.js";

let provided: typeof StreamedRequest | undefined;

/** Enables streaming bodies of requests. Operations that only receive them do not contain this code. */
export function provideSending(code: typeof StreamedRequest): void {
  provided = code;
}

/** @throws Error in a program without an operation that streams its input, which never called {@link provideSending} */
export function sendingCode(): typeof StreamedRequest {
  if (provided) return provided;
  throw notEnabled();
}

/** Rejects a streaming body before anything is sent if that code is absent. @throws Error as {@link sendingCode} */
export function checkSending({ stream }: HttpRequest): void {
  if (stream) sendingCode();
}
