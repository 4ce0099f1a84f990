import { Sha256 } from "@aws-crypto/sha256-js";
import { HttpRequest } from "@smithy/core/protocols";
import type { Message } from "@smithy/eventstream-codec";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentity } from "@smithy/types";
import type { IncomingMessage } from "node:http";
import { expect } from "vitest";
import { codec } from "./event-server.js";

/**
 * Verifies the signature of a request, then that of each of its messages, with the official signer.
 */
export async function frameVerifier(
  { headers: given, url = "" }: Pick<IncomingMessage, "headers" | "url">,
  credentials: AwsCredentialIdentity,
): Promise<(message: Message) => Promise<void>> {
  const received = { host: given[":authority"], ...given };
  const authorization = given.authorization ?? "";
  const [, scope = "", signedHeaders = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=\w+\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(authorization) ?? [];
  const [, region = "", service = ""] = scope.split("/");
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false });
  const date = given["x-amz-date"] as string;
  const signingDate = new Date(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const headers = Object.fromEntries(
    signedHeaders.split(";").map((key) => [key, String(received[key as "host"])] as const),
  );
  expect(headers["x-amz-content-sha256"]).toBe("STREAMING-AWS4-HMAC-SHA256-EVENTS");
  const signed = await signer.sign(new HttpRequest({ method: "POST", hostname: "127.0.0.1", path: url, headers }), {
    signingDate,
    signableHeaders: new Set(signedHeaders.split(";")),
    unsignableHeaders: new Set(["x-amz-user-agent"]),
  });
  expect(signed.headers["authorization"]?.split("Signature=")[1]).toBe(signature);
  let priorSignature = signature;
  return async (message) => {
    const { ":date": stamp, ":chunk-signature": chunkSignature, ...others } = message.headers;
    expect(others).toEqual({});
    const wanted = await signer.sign(
      { headers: codec.formatHeaders({ ":date": stamp ?? expect.unreachable() }), payload: message.body },
      { signingDate: stamp?.value as Date, priorSignature },
    );
    expect(Buffer.from(chunkSignature?.value as Uint8Array).toString("hex")).toBe(wanted);
    priorSignature = wanted;
  };
}
