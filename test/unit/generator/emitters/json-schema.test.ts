import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { schemaOf } from "#generator/emitters/json-schema/schema.js";
import type { Schema } from "#generator/emitters/json-schema/types.js";
import { root } from "../../../support/shared.js";
import { newAjv, readIr } from "./support/schemas.js";

describe("a JSON Schema", () => {
  const schema = async (operation: string, direction: "input" | "output"): Promise<Schema> => {
    const ir = readIr(join(root, "test/fixtures/json-form/everything.smithy"));
    return schemaOf(ir.operations.find(({ name }) => name === operation)?.[direction], direction, ir);
  };
  const property = (of: Schema, name: string): unknown => (of["properties"] as Schema)[name];

  it("has documentation, deprecation and defaults in their JSON form", async () => {
    expect(property(await schema("Fill", "input"), "time")).toEqual({
      type: "string",
      format: "date-time",
      description: "When.\n\nDeprecated since 2026-01-02: Use `until`.",
      deprecated: true,
      default: "2026-01-01T00:00:00Z",
    });
    const ir = readIr(join(root, "model/cloudtrail.json"));
    const lookup = ir.operations.find(({ name }) => name === "LookupEvents");
    expect(schemaOf(lookup?.input, "input", ir)).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "LookupEventsRequest",
      properties: { MaxResults: { type: "integer", minimum: 1, maximum: 50 }, LookupAttributes: { maxItems: 1 } },
    });
  });

  it("refers to itself and to shapes that are used several times by definitions", async () => {
    const nest = await schema("Nest", "input");
    expect(property(nest, "children")).toEqual({ type: "array", items: { $ref: "#" } });
    expect(property(nest, "owner")).toEqual({ $ref: "#/$defs/Person" });
    expect(nest["$defs"]).toEqual({
      Person: {
        type: "object",
        properties: { name: { type: "string" }, friend: { $ref: "#/$defs/Person" } },
        additionalProperties: false,
      },
    });
  });

  it("of an output accepts what is newer than the model", async () => {
    const output = await schema("Fill", "output");
    expect(output["required"]).toEqual(["count"]);
    const check = newAjv().compile(output);
    expect(check({ count: "9007199254740993", color: "blue", choice: { later: 1 }, more: true })).toBe(true);
    expect(check({ count: 1, color: 2 })).toBe(false);
    expect(check({})).toBe(false);
  });

  it("of an operation without input accepts an empty object alone", async () => {
    const check = newAjv().compile(await schema("Peek", "input"));
    expect([check({}), check({ a: 1 }), check(null)]).toEqual([true, false, false]);
  });

  it("has no event stream, which has no JSON form", async () => {
    const ir = readIr(join(root, "test/fixtures/events/model.smithy"));
    const [listen, , tell] = ir.operations;
    expect(schemaOf(listen?.output, "output", ir)["properties"]).toEqual({ topic: { type: "string" } });
    expect(schemaOf(tell?.input, "input", ir)).toMatchObject({
      properties: { room: { type: "string" }, words: { not: {} } },
      required: ["room", "words"],
    });
  });
});
