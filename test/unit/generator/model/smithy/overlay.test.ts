import { describe, expect, it } from "vitest";
import {
  type Json,
  lineOf,
  membersOf,
  modelOf,
  read,
  readGood,
  shapeOf,
  string,
  target,
  textOf,
  withTraits,
} from "./support/model.js";

const correction = (shape: string, traits: Json, rest: Json = { reason: "measured" }): Json => ({
  apply: [{ shape, traits, ...rest }],
});

describe("overlays", () => {
  it("replace traits of shapes and members, and take them away with null", () => {
    const model = modelOf({
      "a#In": { type: "structure", members: { token: withTraits(string, { required: {}, length: { max: 5 } }) } },
      "a#Items": withTraits({ type: "list", member: string }, { length: { max: 50 } }),
    });
    const overlay = {
      reason: "the service says otherwise",
      apply: [
        { shape: "a#In$token", traits: { "smithy.api#required": null, "smithy.api#length": { max: 9 } } },
        { shape: "a#Items", reason: "more since 2024", traits: { "smithy.api#length": { max: 100 } } },
      ],
    };
    const corrected = readGood(model, overlay);
    expect(membersOf(shapeOf(corrected, "a#In", "structure"))).toEqual([
      ["token", "smithy.api#String", { "smithy.api#length": { max: 9 } }],
    ]);
    expect(corrected.shapes.get("a#Items")?.traits).toEqual({ "smithy.api#length": { max: 100 } });
  });

  it("count in their order, after what the model applies itself", () => {
    const model = modelOf({ "a#In$token": withTraits({ type: "apply" }, { length: { max: 1 } }) });
    const lengths = [2, 3].map((max) => correction("a#In$token", { "smithy.api#length": { max } }));
    const corrected = readGood(model, ...lengths);
    expect(shapeOf(corrected, "a#In", "structure").members.get("token")?.traits["smithy.api#length"]).toEqual({
      max: 3,
    });
  });

  it("reach the users of a mixin, and one user's mixed-in member alone", () => {
    const model = modelOf({
      "a#M": withTraits({ type: "structure", members: { m: withTraits(string, { required: {} }) } }, { mixin: {} }),
      "a#In": { type: "structure", mixins: [target("M")] },
      "a#Out": { type: "structure", mixins: [target("M")] },
    });
    const required = (corrected: ReturnType<typeof readGood>): boolean[] =>
      ["a#In", "a#Out"].map(
        (id) => "smithy.api#required" in (membersOf(shapeOf(corrected, id, "structure"))[0]?.[2] ?? {}),
      );
    const remove = { "smithy.api#required": null };
    expect(required(readGood(model, correction("a#M$m", remove)))).toEqual([false, false]);
    expect(required(readGood(model, correction("a#In$m", remove)))).toEqual([false, true]);
  });

  it("may begin with a byte order mark", () => {
    const overlay = `\uFEFF${textOf(correction("a#In", { "smithy.api#sensitive": {} }))}`;
    expect(readGood(modelOf(), overlay).shapes.get("a#In")?.traits).toEqual({ "smithy.api#sensitive": {} });
  });

  it("change the hash of the model", () => {
    const overlay = correction("a#In", { "smithy.api#sensitive": {} });
    expect(readGood(modelOf(), overlay).hash).not.toBe(readGood(modelOf()).hash);
    expect(readGood(modelOf()).hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, unknown, code: string, line: string, message: string]>([
    ["not JSON", "{", "not-json", "{", "expected"],
    ["a list", [], "invalid-overlay", "[]", "must be an object"],
    ["without corrections", { reason: "r" }, "invalid-overlay", "{", 'a list "apply"'],
    ["with an empty correction", { reason: "r", apply: [{}] }, "invalid-overlay", "{}", 'must have a "shape"'],
    ["without reason", correction("a#In", {}, {}), "invalid-overlay", "{", "no reason"],
    ["with an empty reason", correction("a#In", {}, { reason: " " }), "invalid-overlay", "{", "no reason"],
    [
      "with a key that means nothing",
      { reasons: "r", ...correction("a#In", {}) },
      "invalid-overlay",
      '"reasons": "r"',
      "knows no reasons",
    ],
    ["for a shape that is not there", correction("a#Gone", {}), "unknown-apply-target", "{", "a#Gone"],
    ["for a member that is not there", correction("a#In$gone", {}), "unknown-apply-target", "{", "a#In$gone"],
    ["for no id", correction("a#../x", {}), "invalid-shape-id", '"shape": "a#../x"', '"a#../x"'],
    [
      "with a trait that is no id",
      correction("a#In", { required: {} }),
      "invalid-trait-id",
      '"required": {}',
      "smithy.api#required",
    ],
    [
      "with a wrong value",
      correction("a#In$token", { "smithy.api#pattern": 1 }),
      "invalid-trait",
      '"smithy.api#pattern": 1',
      "a string",
    ],
    [
      "with a value that the shape cannot have",
      correction("a#In$size", { "smithy.api#length": { max: 1 } }),
      "invalid-trait",
      '"smithy.api#length": {',
      "an integer",
    ],
  ])("are rejected %s", (_name, overlay, code, line, message) => {
    const { model, diagnostics } = read(modelOf(), overlay);
    expect(model).toBeUndefined();
    const [first] = diagnostics;
    expect(first).toMatchObject({ severity: "error", code, file: "o0.json" });
    expect(first && lineOf(textOf(overlay), first)).toBe(line);
    expect(first?.message).toContain(message);
  });

  it("are judged even where the model cannot be read, after it", () => {
    const { diagnostics } = read("[]", { apply: [{}] }, "{");
    expect(diagnostics.map(({ file, code }) => `${file} ${code}`).slice(0, 3)).toEqual([
      "m.json not-smithy",
      "o0.json invalid-overlay",
      "o1.json not-json",
    ]);
  });
});
