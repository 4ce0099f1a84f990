import { describe, expect, it } from "vitest";
import { checksumAlgorithms } from "#generator/analyze/checksums.js";
import { addRequestChecksum } from "#runtime/features/request-checksum.js";
import { build, modelOf, operation, structure } from "../ir/support/model.js";

describe("the checksum of requests", () => {
  it.each([
    [{}, undefined],
    [{ "smithy.api#httpChecksumRequired": {} }, "md5"],
    [{ "aws.protocols#httpChecksum": { requestChecksumRequired: true } }, {}],
    [{ "aws.protocols#httpChecksum": { requestChecksumRequired: false } }, undefined],
    [{ "aws.protocols#httpChecksum": { requestAlgorithmMember: "Algorithm" } }, { algorithmMember: "Algorithm" }],
    [{ "aws.protocols#httpChecksum": { requestChecksumRequired: true }, "smithy.api#httpChecksumRequired": {} }, {}],
  ])("of %o is %o", (traits, requestChecksum) => {
    const { service, diagnostics } = build(modelOf({ Put: operation("Unit", "Unit", traits) }));
    expect(service?.operations).toMatchObject([{ requestChecksum }]);
    expect(diagnostics).toEqual([]);
  });

  const choose = { "aws.protocols#httpChecksum": { requestAlgorithmMember: "Algorithm" } };
  const choosing = (...values: readonly string[]) =>
    build(
      modelOf({
        Put: operation("In", "Unit", choose),
        Set: operation("In", "Unit", choose),
        In: structure({ Algorithm: "Algorithm" }),
        Algorithm: {
          type: "enum",
          members: Object.fromEntries(values.map((value) => [value, { target: "smithy.api#Unit" }])),
        },
      }),
    );

  it("by an algorithm that cannot be made is warned of, once", () => {
    expect(choosing("CRC32", "XXHASH64", "XXHASH3").diagnostics).toMatchObject([
      {
        severity: "warning",
        code: "unsupported-checksum",
        shapeId: "t#Algorithm",
        message: expect.stringContaining("The runtime does not implement the checksum algorithms XXHASH64, XXHASH3."),
      },
    ]);
  });

  it("by any other is made, and nothing is said", async () => {
    expect(choosing(...checksumAlgorithms).diagnostics).toEqual([]);
    const unit = { type: "structure", name: "Unit", members: {} } as const;
    for (const algorithm of checksumAlgorithms) {
      const message = { method: "PUT", path: "/", query: "", headers: {}, body: "x" };
      const put = { name: "Put", input: unit, output: unit };
      const { headers } = await addRequestChecksum({ algorithmMember: "A" }, put, { A: algorithm }, message);
      expect(Object.keys(headers)).toEqual([`x-amz-checksum-${algorithm.toLowerCase()}`]);
    }
  });
});
