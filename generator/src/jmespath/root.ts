import type { StructureIr } from "../ir/ir.js";
import { type Value, value } from "./value.js";

const nothing: StructureIr = {
  type: "structure",
  id: "smithy.api#Unit",
  name: "Unit",
  members: [],
  facts: { documentation: undefined, deprecated: undefined, since: undefined, links: undefined, featured: false },
  inInput: true,
  inOutput: true,
  xmlName: undefined,
  xmlNamespace: undefined,
  error: undefined,
};

/** An operation's input or output, as the parameter of that name. */
export function rootOf(name: "input" | "output", shape: StructureIr | undefined): Value {
  return value(name, { kind: "structure", shape: shape ?? nothing });
}

/** Root of the paths of `inputOutput` matchers: an object with both. */
export function bothRoots(input: StructureIr | undefined, output: StructureIr | undefined): Value {
  const parts = new Map([rootOf("input", input), rootOf("output", output)].map((each) => [each.text, each]));
  return { ...value("{ input, output }", { kind: "object", entries: parts }), loose: true, parts };
}
