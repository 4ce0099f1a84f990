import type { ExchangePhase } from "./failure.js";

export const beforeSending = "before the request was sent";

/** What an exchange is at, as `abortError` wants it. */
export const at: Readonly<Record<ExchangePhase, string>> = {
  connect: "while waiting for a connection",
  headers: "while waiting for the response",
  body: "while reading the response",
};
