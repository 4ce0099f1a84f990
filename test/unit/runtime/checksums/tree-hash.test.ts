import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashTree } from "#runtime/checksums/tree-hash.js";
import { RequestStream } from "#runtime/streams/request-stream.js";

describe("the tree of hashes", () => {
  const sha256 = (...given: readonly Uint8Array[]): Buffer =>
    createHash("sha256").update(Buffer.concat(given)).digest();
  const mebibyte = (fill: string): Buffer => Buffer.alloc(2 ** 20, fill);
  const [a, b, c] = [mebibyte("a"), mebibyte("b"), Buffer.from("c")];

  it.each([
    ["nothing", [], sha256()],
    ["less than a mebibyte", [c], sha256(c)],
    ["one", [a], sha256(a)],
    ["two", [a, b], sha256(sha256(a), sha256(b))],
    ["three, the last one not full", [a, b, c], sha256(sha256(sha256(a), sha256(b)), sha256(c))],
    ["five", [a, b, a, b, c], sha256(sha256(sha256(sha256(a), sha256(b)), sha256(sha256(a), sha256(b))), sha256(c))],
  ])("is over mebibytes: %s", async (_name, given, tree) => {
    const wanted = { hash: sha256(...given).toString("hex"), tree: tree.toString("hex") };
    expect(await hashTree(Buffer.concat(given))).toEqual(wanted);
    expect(await hashTree(new RequestStream(new Blob(given as Buffer<ArrayBuffer>[])))).toEqual(wanted);
  });
});
