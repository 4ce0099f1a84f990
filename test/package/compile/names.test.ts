import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  clientMembers,
  errorFields,
  globals,
  keywords,
  namespaces,
  subpaths,
  unexportable,
} from "#generator/ir/reserved.js";
import { codegenSymbols } from "#runtime/symbols.js";
import { generateInto } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";
import { complaints, folder } from "./support/check.js";

const words = [
  ...new Set([
    ...keywords,
    ...globals,
    ...unexportable,
    ...namespaces,
    ...subpaths,
    ...clientMembers,
    ...errorFields,
    ...Object.keys(codegenSymbols),
  ]),
].filter((word) => /^[A-Za-z_]\w*$/.test(word));

/** Every word as a structure, an operation, an error or an enum, and all of them as members. */
function modelOfWords(): object {
  const string = { target: "smithy.api#String" };
  // Names that differ in case alone may not be in one structure, so there are two sets of them.
  const first = [...new Map(words.toReversed().map((word) => [word.toLowerCase(), word])).values()];
  const others = [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];
  const membersOf = (names: readonly string[]): object => Object.fromEntries(names.map((word) => [word, string]));
  /** Some of the words, others each time. */
  let turn = 0;
  // Members of one shape must not differ in case alone.
  const some = (): string[] => {
    const six = Array.from({ length: 6 }, () => words[turn++ % words.length] ?? "");
    return [...new Map(six.map((word) => [word.toLowerCase(), word])).values()];
  };
  const members = (): object => Object.fromEntries(some().map((word) => [word, string]));
  const value = { target: "smithy.api#Unit" };
  const named = new Map<string, string>();
  for (const word of [...words, ...words.map((each) => each.charAt(0).toUpperCase() + each.slice(1))]) {
    if (!named.has(word.toLowerCase())) named.set(word.toLowerCase(), word);
  }
  const names = [...named.values()];
  const kind = (index: number): string => ["structure", "operation", "error", "enum"][index % 4] ?? "";
  const of = (wanted: string): string[] => names.filter((_, index) => kind(index) === wanted);
  const refer = (name: string): object => ({ target: `t#${name}` });
  const shapes: Record<string, object> = {
    "t#EveryInput": { type: "structure", members: membersOf(first) },
    "t#EveryError": { type: "structure", members: membersOf(others), traits: { "smithy.api#error": "server" } },
    "t#EveryOutput": {
      type: "structure",
      members: Object.fromEntries([...of("structure"), ...of("enum")].map((name, index) => [`m${index}`, refer(name)])),
    },
  };
  for (const name of of("structure")) shapes[`t#${name}`] = { type: "structure", members: members() };
  for (const name of of("error"))
    shapes[`t#${name}`] = { type: "structure", members: members(), traits: { "smithy.api#error": "client" } };
  for (const name of of("enum")) {
    shapes[`t#${name}`] = {
      type: "enum",
      members: Object.fromEntries(some().map((word) => [word, { ...value, traits: { "smithy.api#enumValue": word } }])),
    };
  }
  // Enums may differ in case alone, and may have one name in two namespaces.
  const kinds = ["t#Kind", "t#KIND", "u#Kind"];
  for (const id of kinds) shapes[id] = { type: "enum", members: { A: value } };
  shapes["t#Kinds"] = {
    type: "structure",
    members: Object.fromEntries(kinds.map((id, index) => [`m${index}`, { target: id }])),
  };
  shapes["t#EveryOutput"] = {
    type: "structure",
    members: { ...(shapes["t#EveryOutput"] as { members: object }).members, kinds: refer("Kinds") },
  };
  for (const [index, name] of of("operation").entries()) {
    shapes[`t#${name}`] = {
      type: "operation",
      input: refer("EveryInput"),
      output: refer("EveryOutput"),
      errors: [of("error")[index] ?? "EveryError", "EveryError"].map(refer),
    };
  }
  shapes["t#Words"] = {
    type: "service",
    version: "1",
    operations: of("operation").map(refer),
    traits: { "aws.protocols#awsJson1_1": {} },
  };
  return { smithy: "2.0", shapes };
}

describe("reserved words", () => {
  it("compile as names of shapes, operations, errors, enums and members", async () => {
    mkdirSync(join(folder, "words"), { recursive: true });
    const file = join(root, ".cache/words.json");
    writeFileSync(file, JSON.stringify(modelOfWords()));
    await generateInto(join(folder, "words"), file);
    expect(complaints("words")).toBe("");
  }, 120_000);
});
