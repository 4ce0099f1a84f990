import { createPublicKey, verify } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ConfigurationError } from "#runtime/errors/index.js";
import * as node from "#runtime/signing/ecdsa.js";
import * as web from "#runtime/signing/ecdsa.web.js";
import * as fc from "../../../support/fast-check.js";

const visible = fc.stringMatching(/^[!-~]{1,60}$/);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("keys and signatures without node:crypto", () => {
  it("has the key that node:crypto has, for any access key", () => {
    fc.assert(
      fc.property(visible, fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), (id, secret) => {
        expect(web.keyPairOf(id, secret).publicKey).toEqual(new Uint8Array(node.keyPairOf(id, secret).publicKey));
      }),
      { numRuns: 40 },
    );
  });

  it("gives signatures that node:crypto accepts, with numbers of any length", async () => {
    const pair = web.keyPairOf("AKIDEXAMPLE", "secret");
    const [x, y] = [pair.publicKey.subarray(1, 33), pair.publicKey.subarray(33)].map((part) =>
      Buffer.from(part).toString("base64url"),
    );
    const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" }, format: "jwk" });
    const lengths = new Set<number>();
    // One in 256 numbers is a byte shorter; every other one needs a sign byte.
    for (let count = 0; count < 600; count++) {
      const signature = await web.signEcdsa(pair, `text ${count}`);
      lengths.add(signature.length / 2);
      expect(verify("sha256", Buffer.from(`text ${count}`), key, Buffer.from(signature, "hex"))).toBe(true);
    }
    expect(lengths.size).toBeGreaterThan(2);
    expect(verify("sha256", Buffer.from("other"), key, Buffer.from(await web.signEcdsa(pair, "text"), "hex"))).toBe(
      false,
    );
  });

  it("reports what to do in a page without Web Crypto", () => {
    vi.stubGlobal("crypto", {});
    expect(() => web.keyPairOf("AKID", "secret")).toThrow(ConfigurationError);
    expect(() => web.keyPairOf("AKID", "secret")).toThrow(/over https/);
  });
});
