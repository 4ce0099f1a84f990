import { describe, expect, it } from "vitest";
import { type Json, integer, modelOf, read, string, target } from "./support/model.js";
import { type Expected, expectProblems, member, shape } from "./support/problems.js";

const isMixin = { "smithy.api#mixin": {} };

describe("targets", () => {
  it.each<[string, Json, ...Expected]>([
    [
      "of another case",
      modelOf({}, { input: target("in") }),
      "dangling-target",
      "a#Op",
      '"target": "a#in"',
      "Did you mean a#In?",
    ],
    [
      "of another namespace",
      member(target("other.place#Items")),
      "dangling-target",
      "a#X$m",
      '"target": "other.place#Items"',
      "Did you mean a#Items?",
    ],
    [
      "with a letter too few",
      member(target("Itms")),
      "dangling-target",
      "a#X$m",
      '"target": "a#Itms"',
      "Did you mean a#Items?",
    ],
    [
      "with a letter too many",
      member(target("Itemss")),
      "dangling-target",
      "a#X$m",
      '"target": "a#Itemss"',
      "Did you mean a#Items?",
    ],
    [
      "with a wrong letter",
      member(target("Itams")),
      "dangling-target",
      "a#X$m",
      '"target": "a#Itams"',
      "Did you mean a#Items?",
    ],
    [
      "that resemble nothing",
      member(target("Elsewhere")),
      "dangling-target",
      "a#X$m",
      '"target": "a#Elsewhere"',
      "There is no shape a#Elsewhere.",
    ],
    [
      "of list members",
      shape("list", {}, { member: target("Gone") }),
      "dangling-target",
      "a#X$member",
      '"target": "a#Gone"',
      "",
    ],
    [
      "of services",
      modelOf({ "a#S": { type: "service", operations: [target("Op"), target("Gone")] } }),
      "dangling-target",
      "a#S",
      '"target": "a#Gone"',
      "",
    ],
    [
      "only applied to",
      modelOf({ "a#Gone": { type: "apply" } }),
      "unknown-apply-target",
      "a#Gone",
      '"a#Gone": {',
      "a#Gone, which is not in the model",
    ],
    [
      "applied to, of a member",
      modelOf({ "a#In$gone": { type: "apply", traits: {} } }),
      "unknown-apply-target",
      "a#In$gone",
      '"a#In$gone": {',
      "",
    ],
    [
      "input that is a list",
      modelOf({}, { input: target("Items") }),
      "wrong-target",
      "a#Op",
      '"target": "a#Items"',
      "a#Items is a list, where a structure is wanted",
    ],
    [
      "error without the trait",
      modelOf({}, { errors: [target("Out")] }),
      "wrong-target",
      "a#Op",
      '"target": "a#Out"',
      "with the error trait",
    ],
    [
      "error of a service",
      modelOf({ "a#S": { type: "service", operations: [target("Op")], errors: [target("In")] } }),
      "wrong-target",
      "a#S",
      '"target": "a#In"',
      "with the error trait",
    ],
    [
      "map key that is a number",
      shape("map", {}, { key: integer, value: string }),
      "wrong-target",
      "a#X$key",
      '"target": "smithy.api#Integer"',
      "a string or enum",
    ],
    [
      "member that is an operation",
      member(target("Op")),
      "wrong-target",
      "a#X$m",
      '"target": "a#Op"',
      "an operation, where a shape of data",
    ],
    ["member that is a service", member(target("S")), "wrong-target", "a#X$m", '"target": "a#S"', "a service"],
    [
      "operation that is a structure",
      modelOf({ "a#S": { type: "service", operations: [target("In")] } }),
      "wrong-target",
      "a#S",
      '"target": "a#In"',
      "an operation is wanted",
    ],
    [
      "resource that is an operation",
      modelOf({ "a#S": { type: "service", resources: [target("Op")] } }),
      "wrong-target",
      "a#S",
      '"target": "a#Op"',
      "a resource is wanted",
    ],
    [
      "lifecycle operation that is none",
      modelOf({ "a#R": { type: "resource", read: target("In") } }),
      "wrong-target",
      "a#R",
      '"target": "a#In"',
      "an operation is wanted",
    ],
    [
      "member that is a mixin",
      modelOf({ "a#M": { type: "structure", traits: isMixin }, "a#X": { type: "list", member: target("M") } }),
      "wrong-target",
      "a#X$member",
      '"target": "a#M"',
      "is a mixin",
    ],
    [
      "mixin that is not there",
      shape("structure", {}, { mixins: [target("Gone")] }),
      "dangling-target",
      "a#X",
      '"target": "a#Gone"',
      "",
    ],
    [
      "mixin that is none",
      shape("structure", {}, { mixins: [target("In")] }),
      "not-a-mixin",
      "a#X",
      '"target": "a#In"',
      "mixin trait",
    ],
    [
      "mixin of another type",
      modelOf({
        "a#M": { type: "union", members: { m: string }, traits: isMixin },
        "a#X": { type: "structure", mixins: [target("M")] },
      }),
      "not-a-mixin",
      "a#X",
      '"target": "a#M"',
      "for a union, not for a structure",
    ],
  ])("%s", (_name, value, ...expected) => expectProblems(value, "error", expected));

  it("of a shape that could not be read are not reported besides it", () => {
    const value = modelOf({ "a#X": { type: "list", member: target("Y") }, "a#Y": { type: "what" } });
    expectProblems(value, "error", ["unknown-shape-type", "a#Y", '"type": "what"', ""]);
  });

  it("of a trait's definition are its own affair", () => {
    const definition = { type: "structure", members: { m: target("smithy.api#NonEmptyString"), n: target("S") } };
    expect(read(modelOf({ "a#t": { ...definition, traits: { "smithy.api#trait": {} } } })).diagnostics).toEqual([]);
  });
});
