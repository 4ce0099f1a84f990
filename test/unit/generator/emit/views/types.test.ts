import { describe, expect, it } from "vitest";
import type { ServiceIr, StructureIr } from "#generator/ir/ir.js";
import { memberDeclaration, needsNothing } from "#generator/emit/views/types.js";
import { absolute, operation, serviceOf, structure } from "../../ir/support/model.js";

const members = {
  list: "List",
  sparse: "Sparse",
  map: "Map",
  required: ["String", { required: {} }],
  relaxed: ["String", { required: {}, clientOptional: {} }],
  blob: "Blob",
  at: "Timestamp",
  long: "Long",
  any: "Document",
} as const;
const ir: ServiceIr = serviceOf({
  Put: operation("In", "Out"),
  In: structure({ ...members, both: "Both" } as unknown as Record<string, string>),
  Out: structure({ ...members, both: "Both" } as unknown as Record<string, string>),
  Both: structure({ ...members } as unknown as Record<string, string>),
  List: { type: "list", member: { target: "t#Map" } },
  Sparse: { type: "list", member: { target: "smithy.api#String" }, traits: { "smithy.api#sparse": {} } },
  Map: { type: "map", key: { target: "smithy.api#String" }, value: { target: "smithy.api#Integer" } },
});

function declarations(name: string): Record<string, string> {
  const shape = ir.shapes.get(absolute(name)) as StructureIr;
  return Object.fromEntries(
    shape.members.map((member) => {
      const { optional, type } = memberDeclaration(member, shape, ir);
      return [member.name, `${optional ? "?" : ""}: ${type}`];
    }),
  );
}

describe("memberDeclaration", () => {
  it("takes what is only sent in any form, undefined included", () => {
    expect(declarations("In")).toMatchObject({
      list: "?: readonly Readonly<Record<string, number>>[] | undefined",
      sparse: "?: readonly (string | null)[] | undefined",
      map: "?: Readonly<Record<string, number>> | undefined",
      required: ": string",
      relaxed: ": string",
      blob: "?: Uint8Array | undefined",
      at: "?: Date | undefined",
      long: "?: number | undefined",
      any: "?: DocumentType | undefined",
    });
  });

  it("returns what is received as it comes: absent, but never undefined", () => {
    expect(declarations("Out")).toMatchObject({
      list: "?: Record<string, number>[]",
      sparse: "?: (string | null)[]",
      required: ": string",
      relaxed: "?: string",
    });
  });

  it("serves both ways where a shape travels both ways", () => {
    expect(declarations("Both")).toMatchObject({
      list: "?: Record<string, number>[] | undefined",
      required: ": string",
      relaxed: "?: string | undefined",
    });
  });
});

it("needsNothing of an input without required members", () => {
  expect(needsNothing(ir.operations[0]?.input, ir)).toBe(false);
  expect(needsNothing(undefined, ir)).toBe(true);
});
