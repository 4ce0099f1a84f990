import { describe, expect, it } from "vitest";
import { readModel } from "#generator/model/index.js";
import { integer, lineOf, modelOf, readGood, shapeOf, string, textOf, withTraits } from "./support/model.js";

describe("a model", () => {
  it("keeps its file, its metadata and the order of its shapes; prelude shapes that it targets come last", () => {
    const model = readGood({ ...modelOf(), metadata: { suppressions: [] } });
    expect(model).toMatchObject({ file: "m.json", metadata: { suppressions: [] } });
    expect([...model.shapes.keys()]).toEqual([
      "a#S",
      "a#Op",
      "a#In",
      "a#Out",
      "a#Items",
      "smithy.api#Integer",
      "smithy.api#String",
    ]);
  });

  it("is frozen all the way down", () => {
    const model = readGood({
      ...modelOf({ "a#X": withTraits({ type: "string" }, { "b#t": { deep: [{ deeper: 1 }] } }) }),
      metadata: { deep: [{}] },
    });
    const thawed: unknown[] = [];
    const look = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if (!Object.isFrozen(value) && !(value instanceof Map)) thawed.push(value);
      for (const item of value instanceof Map ? value.values() : Object.values(value)) look(item);
    };
    look(model);
    expect(thawed).toEqual([]);
  });

  it("takes a trait that nobody knows as it is", () => {
    const trait = { any: ["thing", null, { at: "all" }] };
    const model = readGood(modelOf({ "a#X": withTraits({ type: "string" }, { "b.c#_what1": trait }) }));
    expect(model.shapes.get("a#X")?.traits).toEqual({ "b.c#_what1": trait });
  });

  it("may have any name that Smithy allows, __proto__ and digits behind an underscore included", () => {
    const members = `{"__proto__":${JSON.stringify(string)},"constructor":${JSON.stringify(integer)}}`;
    const text = textOf(modelOf({ "a._1#__proto__": { type: "structure", members: "here" } })).replace(
      '"here"',
      members,
    );
    const model = readGood(text);
    expect([...shapeOf(model, "a._1#__proto__", "structure").members.keys()]).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["target"]).toBeUndefined();
  });

  it("has one hash, whether its lines end in one character or two", () => {
    const text = textOf(modelOf());
    expect(readGood(text.replaceAll("\n", "\r\n")).hash).toBe(readGood(text).hash);
  });

  it("reads the same behind a byte order mark", () => {
    const text = textOf(modelOf());
    expect([...readGood(`\uFEFF${text}`).shapes]).toEqual([...readGood(text).shapes]);
  });
});

describe("diagnostics of later phases", () => {
  const source = { file: "m.json", text: textOf(modelOf()) };
  const read = readModel(source);
  const place = (shapeId: string, rest: { file?: string; line?: number } = {}) => {
    const [placed] = read.place([{ severity: "warning", code: "c", message: "m", shapeId, ...rest }]);
    return placed;
  };

  it.each([
    ["a#In", '"a#In": {'],
    ["a#In$size", '"size": {'],
    ["a#Items$member", '"member": {'],
    ["a#In$gone", '"a#In": {'],
  ])("get the line of %s", (shapeId, line) => {
    const placed = place(shapeId);
    expect(placed?.file).toBe("m.json");
    expect(placed && lineOf(source.text, placed)).toBe(line);
  });

  it("stay as they are where the file does not have the shape, or their location is known", () => {
    expect(place("a#Elsewhere")).not.toHaveProperty("line");
    expect(place("a#In", { line: 7 })).toMatchObject({ line: 7 });
    expect(place("a#In", { file: "other.json" })).not.toHaveProperty("line");
  });
});
