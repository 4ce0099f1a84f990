import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeCbor } from "#runtime/protocols/cbor/decode.js";
import { CborOutput, writeAny } from "#runtime/protocols/cbor/output.js";
import { sharedPath } from "../../../../support/shared.js";

interface Vector {
  readonly hex: string;
  /** The hexadecimal is the one form of the value that is preferred. */
  readonly roundtrip: boolean;
  readonly decoded?: unknown;
  readonly diagnostic?: string;
}

const file = sharedPath("conformance/cbor/appendix_a.json");
const vectors = file === undefined ? [] : (JSON.parse(readFileSync(file, "utf8")) as Vector[]);

/** Simple values without a meaning, and maps whose keys are no texts: rpcv2Cbor has no place for them. */
const beyondProtocol = ["f0", "f818", "f8ff", "a201020304"];

/** Values that JSON, which the vectors are in, cannot say: those that the diagnostic notation writes otherwise, and big numbers. */
const values: Readonly<Record<string, unknown>> = {
  "1bffffffffffffffff": 2n ** 64n - 1n,
  c249010000000000000000: 2n ** 64n,
  "3bffffffffffffffff": -(2n ** 64n),
  c349010000000000000000: -(2n ** 64n) - 1n,
  f98000: -0,
  f7: null,
  c074323031332d30332d32315432303a30343a30305a: "2013-03-21T20:04:00Z",
  c11a514b67b0: 1363896240,
  c1fb41d452d9ec200000: 1363896240.5,
  d74401020304: new Uint8Array([1, 2, 3, 4]),
  d818456449455446: new Uint8Array([0x64, 0x49, 0x45, 0x54, 0x46]),
  d82076687474703a2f2f7777772e6578616d706c652e636f6d: "http://www.example.com",
  "40": new Uint8Array(),
  "4401020304": new Uint8Array([1, 2, 3, 4]),
  "5f42010243030405ff": new Uint8Array([1, 2, 3, 4, 5]),
};

const notNumbers: Readonly<Record<string, number>> = { Infinity, NaN, "-Infinity": -Infinity };

function wantedOf({ hex, decoded, diagnostic = "" }: Vector): unknown {
  return Object.hasOwn(values, hex) ? values[hex] : (notNumbers[diagnostic] ?? decoded);
}

describe.skipIf(vectors.length === 0)("appendix A of RFC 8949", () => {
  it("has 82 vectors", () => expect(vectors).toHaveLength(82));

  const readable = vectors.filter(({ hex }) => !beyondProtocol.includes(hex));

  it.each(readable)("$hex is decoded", (vector) => {
    expect(decodeCbor(Buffer.from(vector.hex, "hex"))).toStrictEqual(wantedOf(vector));
  });

  it.each(beyondProtocol)("%s is not CBOR of the protocol", (hex) => {
    expect(vectors.map((vector) => vector.hex)).toContain(hex);
    expect(() => decodeCbor(Buffer.from(hex, "hex"))).toThrow(SyntaxError);
  });

  /** Numbers are never sent in half or single precision, undefined as null, and tags only where the model says so. */
  const isOursToWrite = ({ hex, roundtrip }: Vector): boolean => roundtrip && !/^(f9|fa|c0|c1|d7|d8|f7)/.test(hex);

  it.each(readable.filter(isOursToWrite))("$hex is what its value is written as", (vector) => {
    const out = new CborOutput();
    writeAny(wantedOf(vector), out);
    expect(Buffer.from(out.bytes()).toString("hex")).toBe(vector.hex);
  });
});
