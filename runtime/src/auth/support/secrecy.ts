import { ConfigurationError } from "../../errors/client.js";
import type { HttpRequest } from "../../schema/http.js";

/** Hosts that are reached without leaving this machine. */
const loopback = /^(127(\.\d{1,3}){3}|\[::1\]|localhost|[\w.-]+\.localhost)$/;

/**
 * A secret is sent over TLS, or within this machine.
 *
 * @param what `The bearer token`
 * @throws ConfigurationError
 */
export function requireSecrecy({ origin }: HttpRequest, what: string): void {
  const { protocol, hostname } = new URL(origin);
  if (protocol !== "http:" || loopback.test(hostname)) return;
  throw new ConfigurationError(
    `${what} would be sent over plain http to ${hostname}, where others can read and use it. Use an endpoint that starts with https:`,
  );
}
