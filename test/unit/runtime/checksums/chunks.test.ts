import { describe, expect, it } from "vitest";
import { inChunks } from "#runtime/checksums/chunks.js";
import * as fc from "../../../support/fast-check.js";

describe("chunks of one size", () => {
  it("hold the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array()), fc.integer({ min: 1, max: 20 }), async (given, size) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of inChunks(given, size)) chunks.push(chunk);
        expect(Buffer.concat(chunks)).toEqual(Buffer.concat(given));
        for (const chunk of chunks.slice(0, -1)) expect(chunk).toHaveLength(size);
        for (const chunk of chunks) expect(chunk.byteLength).toBeGreaterThan(0);
      }),
    );
  });
});
