import type { ExchangePhase } from "./failure.js";
import type { TimeLimits } from "./types.js";

export const beforeSending = "before the request was sent";

/** What an exchange is at, as `abortError` wants it. */
export const at: Readonly<Record<ExchangePhase, string>> = {
  connect: "while waiting for a connection",
  sending: "while sending the request",
  headers: "while waiting for the response",
  body: "while reading the response",
};

/** What bounds it. */
export const limitOf: Readonly<Record<ExchangePhase, keyof TimeLimits>> = {
  connect: "connectTimeout",
  sending: "bodyTimeout",
  headers: "headersTimeout",
  body: "bodyTimeout",
};
