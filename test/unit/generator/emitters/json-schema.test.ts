import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readModel, readService, type ServiceIr } from "clientsmith";
import { describe, expect, it } from "vitest";
import { runtimeOperations } from "#generator/dynamic-client/operations.js";
import { loadParts } from "#generator/dynamic-client/parts.js";
import { schemaOf } from "#generator/emitters/json-schema/schema.js";
import type { Schema } from "#generator/emitters/json-schema/types.js";
import type { ValidationIssue } from "#runtime/errors/client.js";
import { inputFromJson } from "#runtime/interop/json-form.js";
import type { Operation } from "#runtime/schema/service.js";
import { validate } from "#runtime/validate/validate.js";
import { arbitraryJson } from "../../../support/arbitrary-json.js";
import * as fc from "../../../support/fast-check.js";
import { jsonFiles, root, sharedPath } from "../../../support/shared.js";
import { examples, exceptionFor, reasons, type Verdicts } from "./support/exceptions.js";

const models = sharedPath("models");

function shown({ operation, json, issues, errors }: Verdicts): string {
  const problems = errors.map(({ instancePath, keyword, params }) => [instancePath, keyword, params]);
  return JSON.stringify({ operation: operation.name, issues, problems, json });
}

async function read(file: string): Promise<{ ir: ServiceIr; operations: Readonly<Record<string, Operation>> }> {
  const { model } = readModel({ file, text: readFileSync(file, "utf8") });
  const { service: ir } = model ? readService(model) : {};
  if (!ir) throw new Error(`${file} has no service`);
  const parts = await loadParts(
    ir.operations.flatMap(({ features }) => features),
    undefined,
  );
  return { ir, operations: runtimeOperations(ir, parts) };
}

function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    ownProperties: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
  });
  addFormats.default(ajv);
  return ajv;
}

interface Compared {
  readonly counts: Readonly<Record<string, number>>;
  readonly differences: readonly string[];
}

/**
 * Compares what a schema and a validator say of generated JSON of each operation, or of `most` of them. Counts agreements,
 * and differences by their reason; returns those without one.
 */
async function compare(file: string, runs: number, most = Infinity): Promise<Compared> {
  const { ir, operations } = await read(file);
  const counts: Record<string, number> = { valid: 0, invalid: 0 };
  const differences: string[] = [];
  const count = (name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);
  const step = Math.max(1, Math.ceil(ir.operations.length / most));
  for (const { id, input } of ir.operations.filter((_, index) => index % step === 0)) {
    const operation = operations[ir.names.operations.get(id)?.function ?? ""];
    if (!operation) throw new Error(`no operation ${id}`);
    const check = newAjv().compile(schemaOf(input, "input", ir));
    fc.assert(
      fc.property(arbitraryJson(operation.input), (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value));
        const accepted = check(json);
        const issues: readonly ValidationIssue[] = validate(operation.input, inputFromJson(operation.input, json));
        if (accepted === (issues.length === 0)) return count(accepted ? "valid" : "invalid");
        const verdicts: Verdicts = { operation, json, issues, errors: accepted ? [] : (check.errors ?? []) };
        const reason = exceptionFor(verdicts);
        if (reason === undefined) differences.push(shown(verdicts));
        else count(reason);
      }),
      { numRuns: runs, examples: (examples[operation.name] ?? []).map((text) => [JSON.parse(text) as unknown]) },
    );
  }
  return { counts, differences };
}

describe("a JSON Schema and the validator agree on JSON", () => {
  const counted: Record<string, number> = {};

  it.each([
    ["test/fixtures/json-form/everything.smithy", 1500],
    ["test/fixtures/json-form/nested.smithy", 2500],
    ["test/fixtures/streams/model.json", 500],
    ["model/cloudtrail.json", 100],
  ])("of %s", async (file, runs) => {
    const { counts, differences } = await compare(join(root, file), runs);
    expect(differences.slice(0, 3)).toEqual([]);
    expect(counts["valid"]).toBeGreaterThan(300);
    expect(counts["invalid"]).toBeGreaterThan(300);
    for (const [name, count] of Object.entries(counts)) counted[name] = (counted[name] ?? 0) + count;
  });

  it("but for the listed reasons, each of which occurs", () => {
    const { valid, invalid, ...others } = counted;
    expect(valid).toBeGreaterThan(3_000);
    expect(invalid).toBeGreaterThan(3_000);
    expect(Object.keys(others).toSorted()).toEqual(reasons.toSorted());
  });

  it
    .skipIf(models === undefined)
    .each(models === undefined ? [] : jsonFiles(models).map((file) => [basename(file), file]))(
    "of %s",
    async (_name, file) => {
      const { differences, counts } = await compare(file, 12, 8);
      expect(differences.slice(0, 3)).toEqual([]);
      expect(counts["valid"]).toBeGreaterThan(0);
    },
    120_000,
  );
});

describe("a JSON Schema", () => {
  const schema = async (operation: string, direction: "input" | "output"): Promise<Schema> => {
    const { ir } = await read(join(root, "test/fixtures/json-form/everything.smithy"));
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
    const { ir } = await read(join(root, "model/cloudtrail.json"));
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
    const { ir } = await read(join(root, "test/fixtures/events/model.smithy"));
    const [listen, , tell] = ir.operations;
    expect(schemaOf(listen?.output, "output", ir)["properties"]).toEqual({ topic: { type: "string" } });
    expect(schemaOf(tell?.input, "input", ir)).toMatchObject({
      properties: { room: { type: "string" }, words: { not: {} } },
      required: ["room", "words"],
    });
    const { differences } = await compare(join(root, "test/fixtures/events/model.smithy"), 50);
    expect(differences).toEqual([]);
  });
});
