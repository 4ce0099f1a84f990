import { onTestFinished } from "vitest";
import type { HttpRequest, Transport } from "#runtime/schema/http.js";
import { createUndiciTransport, type UndiciTransportOptions } from "#runtime/transport/undici/transport.js";
import type { TestServer } from "./servers.js";

/** Limits that no test should reach. */
export const limits = { connectTimeout: 10_000, headersTimeout: 10_000, bodyTimeout: 10_000 };

/** A transport that is closed when the test ends. */
export function openTransport(options: UndiciTransportOptions = {}): Transport {
  const transport = createUndiciTransport(options);
  onTestFinished(() => transport.close());
  return transport;
}

/** A POST to the root of a server, as awsJson makes it. */
export function post(server: Pick<TestServer, "origin" | "host">, parts: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: "POST",
    origin: server.origin,
    path: "/",
    query: "",
    headers: { host: server.host, "content-type": "application/x-amz-json-1.1" },
    body: "{}",
    ...parts,
  };
}

export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("did not fail");
}

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
