import type { AsyncLocalStorage } from "node:async_hooks";
import type { HttpRequest } from "#runtime/schema/http.js";

/** The response that a client gets instead of sending anything. */
export interface ScriptedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** One call of a client: what it wanted to send, signed, and what it made of the response. */
export interface Call {
  readonly request: HttpRequest;
  readonly output: Readonly<Record<string, unknown>> | undefined;
  readonly error: Error | undefined;
}

/** Calls an operation by the name of its shape. */
export type Caller = (operation: string, input: object, response?: ScriptedResponse) => Promise<Call>;

export const emptyResponse: ScriptedResponse = { status: 200, body: "{}" };

/** What every client under comparison is configured with; the address is nobody's, nothing is sent to it. */
export const settings = {
  region: "eu-west-1",
  endpoint: "http://127.0.0.1:9",
  credentials: {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    sessionToken: "a session/token+of=some length",
  },
} as const;

/** Of every response. */
export const requestId = "0a1b2c3d-4e5f-6789-abcd-ef0123456789";

export function responseHeaders(given: ScriptedResponse): Record<string, string> {
  return {
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-requestid": requestId,
    ...given.headers,
  };
}

/** Bytes of the reader's own: v3 makes an object of another class of them. */
export function responseBody({ body }: ScriptedResponse): Uint8Array {
  return typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body);
}

/** What a call gets, and what it wanted to send. */
export interface Exchange {
  readonly response: ScriptedResponse;
  request?: HttpRequest;
}

/** Runs a call and keeps either end of it. `current` leads the transport of a client to the call that it serves. */
export async function settle(
  current: AsyncLocalStorage<Exchange>,
  response: ScriptedResponse,
  run: () => Promise<object>,
): Promise<Call> {
  const exchange: Exchange = { response };
  let output: Call["output"];
  let error: Error | undefined;
  try {
    output = (await current.run(exchange, run)) as Call["output"];
  } catch (failure) {
    if (!(failure instanceof Error)) throw failure;
    error = failure;
  }
  if (!exchange.request) throw error ?? new Error("nothing was sent");
  return { request: exchange.request, output, error };
}
