import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { treeHash } from "#runtime/features/tree-hash.js";
import { RequestStream } from "#runtime/streams/request-stream.js";
import { messageBy, messageOf, putThing } from "./support.js";

const mebibyte = 2 ** 20;
const sha256 = (...parts: Buffer[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();

describe("tree-hash", () => {
  const body = Buffer.alloc(mebibyte + 1, "a");
  const leaves = [body.subarray(0, mebibyte), body.subarray(mebibyte)].map((leaf) => sha256(leaf));
  const wanted = {
    "x-amz-content-sha256": sha256(body).toString("hex"),
    "x-amz-sha256-tree-hash": sha256(...leaves).toString("hex"),
  };

  it("is the root of hashes over each mebibyte, beside the hash of the body that is signed", async () => {
    expect((await messageBy(treeHash(), putThing, messageOf({ body }))).headers).toEqual(wanted);
    const stream = new RequestStream(new Blob([body]));
    expect((await messageBy(treeHash(), putThing, messageOf({ stream }))).headers).toEqual(wanted);
  });

  it("is left to a caller that gives it, and absent without a body", async () => {
    for (const message of [messageOf({ body, headers: { "x-amz-sha256-tree-hash": "given" } }), messageOf({})]) {
      expect(await messageBy(treeHash(), putThing, message)).toBe(message);
    }
  });
});
