import { describe, expect, it } from "vitest";
import { type Json, modelOf, read, string, target, withTraits } from "./support/model.js";
import { type Expected, expectProblems, shape } from "./support/problems.js";

const unit = target("smithy.api#Unit");

const isMixin = { "smithy.api#mixin": {} };

describe("names and recursion", () => {
  const required = (name: string): Json => withTraits(target(name), { required: {} });
  const clash = {
    "a#In": { type: "structure", members: { x: target("b#Thing"), y: target("thing") } },
    "b#Thing": { type: "structure" },
    "a#thing": { type: "structure" },
  };

  it.each<[string, Json, ...Expected]>([
    [
      "two shapes of one name",
      modelOf(clash),
      "name-clash",
      "a#thing",
      '"a#thing": {',
      "b#Thing and a#thing have the same name in a#S",
    ],
    [
      "an enum and a structure of one name",
      modelOf({
        "a#In": { type: "structure", members: { x: target("Thing"), y: target("thing") } },
        "a#Thing": { type: "enum", members: { A: unit } },
        "a#thing": { type: "structure" },
      }),
      "name-clash",
      "a#thing",
      '"a#thing": {',
      "a#Thing and a#thing have the same name in a#S",
    ],
    [
      "a rename that takes another's name",
      modelOf({ "a#S": { type: "service", operations: [target("Op")], rename: { "a#Out": "iN" } } }),
      "name-clash",
      "a#Out",
      '"a#Out": {',
      "a#In and a#Out",
    ],
    [
      "a rename that breaks out",
      modelOf({ "a#S": { type: "service", operations: [target("Op")], rename: { "a#Out": "../x" } } }),
      "invalid-rename",
      "a#S",
      '"a#Out": "../x"',
      "letters, digits",
    ],
    [
      "a rename of what is not there",
      modelOf({ "a#S": { type: "service", operations: [target("Op")], rename: { "b#Y": "Z" } } }),
      "invalid-rename",
      "a#S",
      '"b#Y": "Z"',
      "does not reach",
    ],
    [
      "a rename of an operation",
      modelOf({ "a#S": { type: "service", operations: [target("Op")], rename: { "a#Op": "Z" } } }),
      "invalid-rename",
      "a#S",
      '"a#Op": "Z"',
      "an operation, which cannot be renamed",
    ],
    [
      "two members of one name",
      modelOf({ "a#X": { type: "structure", members: { one: string, One: string } } }),
      "member-name-clash",
      "a#X$One",
      '"One": {',
      "one and One",
    ],
    ["a union without members", shape("union"), "empty-union", "a#X", '"a#X": {', "no members"],
    ["an enum without members", shape("enum"), "empty-enum", "a#X", '"a#X": {', "no members"],
    [
      "a list of itself",
      shape("list", {}, { member: target("X") }),
      "recursive-collection",
      "a#X",
      '"a#X": {',
      "a#X contains a#X",
    ],
    [
      "lists and maps of each other",
      modelOf({
        "a#X": { type: "list", member: target("Y") },
        "a#Y": { type: "map", key: string, value: target("X") },
      }),
      "recursive-collection",
      "a#X",
      '"a#X": {',
      "a#X contains a#Y contains a#X",
    ],
    [
      "a structure that requires itself",
      modelOf({ "a#X": { type: "structure", members: { m: required("X") } } }),
      "endless-shape",
      "a#X",
      '"a#X": {',
      "a#X contains a#X",
    ],
    [
      "a union that always holds itself",
      modelOf({
        "a#X": { type: "union", members: { m: target("Y") } },
        "a#Y": { type: "structure", members: { n: required("X") } },
      }),
      "endless-shape",
      "a#X",
      '"a#X": {',
      "a#X contains a#Y contains a#X",
    ],
    [
      "a resource within itself",
      modelOf({ "a#R": { type: "resource", resources: [target("R")] } }),
      "recursive-resource",
      "a#R",
      '"a#R": {',
      "within itself",
    ],
    [
      "mixins in a circle",
      modelOf({
        "a#X": { type: "structure", mixins: [target("Y")], traits: isMixin },
        "a#Y": { type: "structure", mixins: [target("X")], traits: isMixin },
      }),
      "mixin-cycle",
      "a#X",
      '"a#X": {',
      "a#X uses a#Y uses a#X",
    ],
  ])("%s", (_name, value, ...expected) => expectProblems(value, "error", expected));

  it.each<[string, Json]>([
    [
      "a clash that the service renames",
      modelOf({ ...clash, "a#S": { type: "service", operations: [target("Op")], rename: { "b#Thing": "Other" } } }),
    ],
    ["a clash that no service reaches", modelOf({ "a#in": { type: "structure" } })],
    [
      "enums that differ in case, of both kinds and forms",
      modelOf({
        "a#In": { type: "structure", members: { x: target("Kind"), y: target("kind"), z: target("KIND") } },
        "a#Kind": { type: "enum", members: { A: unit } },
        "a#kind": withTraits({ type: "string" }, { enum: [{ name: "A", value: "a" }] }),
        "a#KIND": { type: "intEnum", members: { A: withTraits(unit, { enumValue: 1 }) } },
      }),
    ],
    [
      "lists of one name",
      modelOf({
        "a#In": { type: "structure", members: { x: target("b#Items"), y: target("Items") } },
        "b#Items": { type: "list", member: string },
      }),
    ],
    [
      "a list of structures that hold it",
      modelOf({
        "a#X": { type: "list", member: target("Y") },
        "a#Y": { type: "structure", members: { x: required("X") } },
      }),
    ],
    ["a structure that may hold itself", modelOf({ "a#X": { type: "structure", members: { m: target("X") } } })],
    ["a union with a way out", modelOf({ "a#X": { type: "union", members: { deeper: target("X"), done: unit } } })],
  ])("are right: %s", (_name, value) => expect(read(value).diagnostics).toEqual([]));
});
