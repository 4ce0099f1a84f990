import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { partitionOf } from "#runtime/endpoints/rule-functions.js";
import { partitions } from "#runtime/endpoints/partitions.js";
import { sharedPath } from "../../../support/shared.js";

interface PublicPartition {
  readonly id: string;
  readonly regionRegex: string;
  readonly regions: Readonly<Record<string, object>>;
  readonly outputs: object;
}

const file = sharedPath("conformance/partitions.json");
const known = file ? (JSON.parse(readFileSync(file, "utf8")) as { partitions: PublicPartition[] }).partitions : [];

describe.skipIf(!file)("the partitions, beside AWS's public list", () => {
  it("are the same, by name and by pattern", () => {
    const ours = partitions.map(({ name, regions }) => [name, regions.source]);
    // A hyphen needs no backslash outside brackets.
    expect(ours).toEqual(known.map(({ id, regionRegex }) => [id, regionRegex.replaceAll("\\-", "-")]));
  });

  it.each(known.flatMap(({ id, regions, outputs }) => Object.keys(regions).map((region) => ({ region, id, outputs }))))(
    "$region is in $id",
    ({ region, outputs }) => {
      expect(partitionOf(region)).toMatchObject(outputs);
    },
  );

  it("list no Region that a pattern finds, and none that is not there", () => {
    for (const { name, regions, others } of partitions) {
      const names = Object.keys(known.find(({ id }) => id === name)?.regions ?? {});
      expect(others).toEqual(names.filter((region) => !regions.test(region)));
    }
  });
});

describe("partitionOf", () => {
  it.each([
    ["us-east-1", "aws"],
    ["us-west-99", "aws"],
    ["aws-global", "aws"],
    ["cn-newplace-7", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["us-isof-south-1", "aws-iso-f"],
    ["eusc-de-east-1", "aws-eusc"],
    ["aws-us-gov-global", "aws-us-gov"],
    ["local", "aws"],
    ["", "aws"],
    ["CN-NORTH-1", "aws"],
    ["cn-north-1 ", "aws"],
  ])("%j is in %s", (region, name) => {
    expect(partitionOf(region).name).toBe(name);
  });
});
