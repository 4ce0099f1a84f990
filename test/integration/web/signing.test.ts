import { createPublicKey, verify } from "node:crypto";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { keyPairOf } from "#runtime/signing/ecdsa.js";
import { sha256Hex } from "#runtime/signing/hash.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import { bundle } from "./support/bundle.js";
import { webGlobals } from "./support/globals.js";

/** A service of several Regions, and one that signs for one Region. */
const program = `
  import { Client, invoke } from "@clientsmith/runtime/codegen/v1";
  import { sigv4 } from "@clientsmith/runtime/auth/sigv4";
  import { sigv4a } from "@clientsmith/runtime/auth/sigv4a";
  import { presign } from "@clientsmith/runtime/presign";
  import { restJson1 } from "@clientsmith/runtime/protocols/restJson";
  const output = { type: "structure", name: "Unit", members: {} };
  const get$ = { name: "Get", http: { method: "GET", uri: "/thing", code: 200 }, input: output, output };
  const clientOf = (name, options) => new Client({
    name: "Demo", sdkId: "Demo", shapeName: "Demo", version: "1", signingName: "demo",
    authSchemes: [sigv4(), sigv4a()], protocol: restJson1, endpointBuiltIns: {},
    resolveEndpoint: () => ({
      url: "https://demo.test",
      properties: { authSchemes: [{ name, signingName: "demo", signingRegionSet: name === "sigv4a" ? ["*"] : undefined }] },
    }),
  }, { region: "us-east-1", ...options });
  export const call = (name, options) => invoke(clientOf(name, options), get$, {});
  export const url = (name, options) => presign(clientOf(name, options), get$, {}, { expiresIn: 60 });`;

const credentials = { accessKeyId: "AKID", secretAccessKey: "secret" };

type Run = (name: string, options: object) => Promise<object>;

async function load(): Promise<{ readonly call: Run; readonly url: Run }> {
  const context = createContext({ ...webGlobals });
  runInContext(await bundle(program), context);
  return runInContext("program", context) as { readonly call: Run; readonly url: Run };
}

/** Whether a signature in hexadecimal is one of the access key. */
function isSignatureOf(text: string, signature: string): boolean {
  const { publicKey } = keyPairOf(credentials.accessKeyId, credentials.secretAccessKey);
  const [x = "", y = ""] = [publicKey.subarray(1, 33), publicKey.subarray(33)].map((part) =>
    Buffer.from(part).toString("base64url"),
  );
  const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  return verify("sha256", Buffer.from(text), key, Buffer.from(signature, "hex"));
}

describe("signatures where there is no Node", () => {
  it("of several Regions are made with Web Crypto", async () => {
    const sent: HttpRequest[] = [];
    const transport = {
      send: (request: HttpRequest) => {
        sent.push(request);
        return Promise.resolve({ status: 200, headers: {}, body: new Uint8Array() });
      },
      close: () => Promise.resolve(),
    };
    const { call } = await load();
    await call("sigv4a", { credentials, transport });
    const { headers } = sent[0] as HttpRequest;
    const [, scope = "", list = "", signature = ""] =
      /^AWS4-ECDSA-P256-SHA256 Credential=AKID\/([^,]+), SignedHeaders=([^,]+), Signature=([\da-f]+)$/.exec(
        headers["authorization"] ?? "",
      ) ?? [];
    const lines = list.split(";").map((name) => `${name}:${headers[name]}\n`);
    const canonical = `GET\n/thing\n\n${lines.join("")}\n${list}\n${headers["x-amz-content-sha256"]}`;
    const text = `AWS4-ECDSA-P256-SHA256\n${headers["x-amz-date"]}\n${scope}\n${sha256Hex(canonical)}`;
    expect(headers["x-amz-region-set"]).toBe("*");
    expect(isSignatureOf(text, signature)).toBe(true);
    expect(isSignatureOf(`${text} `, signature)).toBe(false);
  });

  it.each(["sigv4", "sigv4a"])("are in URLs, too: %s", async (name) => {
    const { url } = await load();
    const made = (await url(name, { credentials })) as { readonly url: string; readonly headers: object };
    const { pathname, searchParams } = new URL(made.url);
    expect([pathname, searchParams.get("X-Amz-Expires"), { ...made.headers }]).toEqual(["/thing", "60", {}]);
    expect(searchParams.get("X-Amz-Signature")).toMatch(/^[\da-f]{64,}$/);
  });
});
