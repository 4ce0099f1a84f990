import { addSystemCodes } from "../../errors/system-codes.js";

/** The error codes of HTTP/2, by their number, as Node names them. @see https://www.rfc-editor.org/rfc/rfc9113#section-7 */
const names = [
  "NO_ERROR",
  "PROTOCOL_ERROR",
  "INTERNAL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "REFUSED_STREAM",
  "CANCEL",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
  "ENHANCE_YOUR_CALM",
  "INADEQUATE_SECURITY",
  "HTTP_1_1_REQUIRED",
];

/** A failure with a code of HTTP/2 or of this transport. */
export class Http2Failure extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** The failure that a number in a RST_STREAM or GOAWAY frame means. */
export function failureOfCode(number: number, message: string): Http2Failure {
  return new Http2Failure(`NGHTTP2_${names[number] ?? number}`, message);
}

export const refusedStream = 7;

let isKnown = false;

/** Registers the meaning of the error codes of HTTP/2. */
export function knowCodes(): void {
  if (isKnown) return;
  isKnown = true;
  addSystemCodes([
    ["CLIENTSMITH_NO_HTTP2", "!the server does not speak HTTP/2 there"],
    ["CLIENTSMITH_NO_PING", "the peer did not respond to a ping"],
    [
      "CLIENTSMITH_PROXY_AUTHENTICATION",
      "!the proxy requires authentication (status 407); check user and password in its URL",
    ],
    ["NGHTTP2_REFUSED_STREAM", "the peer rejected it before it processed any of it"],
    ["NGHTTP2_ENHANCE_YOUR_CALM", "the peer is overloaded by this client"],
    ["NGHTTP2_INADEQUATE_SECURITY", "!the peer requires better TLS"],
    ["NGHTTP2_HTTP_1_1_REQUIRED", "!the peer requires HTTP/1.1 for it"],
    ["NGHTTP2_PROTOCOL_ERROR ERR_HTTP2_ERROR", "a message is not valid HTTP/2"],
  ]);
}
