import type { IncomingMessage, Server } from "node:http";
import { testCredentials } from "@clientsmith/runtime/testing";
import { afterEach } from "vitest";
import { type ReceivedRequest, verifySignature } from "../../../support/verify-signature.js";

interface Received {
  readonly request: ReceivedRequest;
  /** What it should be signed with. */
  readonly secretAccessKey: string;
}

/** Requests of the current test whose signatures have to hold before somebody else's verifier. */
const received: Received[] = [];
let verified = 0;

afterEach(async () => {
  for (const { request, secretAccessKey } of received.splice(0)) {
    const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\//.exec(String(request.headers["authorization"]));
    const [, accessKeyId = "", region = "", service = ""] = scope ?? [];
    const sessionToken = request.headers["x-amz-security-token"] as string | undefined;
    await verifySignature(request, { credentials: { accessKeyId, secretAccessKey, sessionToken }, region, service });
    verified++;
  }
});

/** How many requests of this file the official signer has confirmed so far. */
export function verifiedRequests(): number {
  return verified;
}

/**
 * `onRequest` of every local service of these tests: the official signer has to confirm the request's signature when
 * the test ends. A client that is given another secret, for the service to reject, is to sign with that one.
 */
export const verifying =
  (secretAccessKey: string = testCredentials.secretAccessKey) =>
  (request: ReceivedRequest): void =>
    void received.push({ request, secretAccessKey });

/** The same for a server that is none of ours. What it responds waits for nothing. */
export function verifyRequestsOf(server: Server): void {
  const receive = verifying();
  server.prependListener("request", (message: IncomingMessage) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => void chunks.push(chunk));
    message.once("end", () => {
      const [path = "", query = ""] = (message.url ?? "").split("?", 2);
      receive({ method: message.method ?? "", path, query, headers: message.headers, body: Buffer.concat(chunks) });
    });
  });
}
