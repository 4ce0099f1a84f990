import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { runtimeOperations } from "#generator/dynamic-client/operations.js";
import { loadParts } from "#generator/dynamic-client/parts.js";
import { schemaOf } from "#generator/emitters/json-schema/schema.js";
import type { ValidationIssue } from "#runtime/errors/client.js";
import { inputFromJson } from "#runtime/interop/json-form.js";
import { validate } from "#runtime/validate/validate.js";
import { arbitraryJson } from "../../support/arbitrary-json.js";
import * as fc from "../../support/fast-check.js";
import { jsonFiles, root, sharedPath } from "../../support/shared.js";
import { newAjv, readIr } from "../../unit/generator/emitters/support/schemas.js";
import { examples, exceptionFor, reasons, type Verdicts } from "./support/exceptions.js";

const models = sharedPath("models");
/** One for all schemas: each compiles the meta-schema. */
const ajv = newAjv();

function shown({ operation, json, issues, errors }: Verdicts): string {
  const problems = errors.map(({ instancePath, keyword, params }) => [instancePath, keyword, params]);
  return JSON.stringify({ operation: operation.name, issues, problems, json });
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
  const ir = readIr(file);
  const parts = await loadParts(
    ir.operations.flatMap(({ features }) => features),
    undefined,
  );
  const operations = runtimeOperations(ir, parts);
  const counts: Record<string, number> = { valid: 0, invalid: 0 };
  const differences: string[] = [];
  const count = (name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);
  const step = Math.max(1, Math.ceil(ir.operations.length / most));
  for (const { id, input } of ir.operations.filter((_, index) => index % step === 0)) {
    const operation = operations[ir.names.operations.get(id)?.function ?? ""];
    if (!operation) throw new Error(`no operation ${id}`);
    const check = ajv.compile(schemaOf(input, "input", ir));
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

  it("of an operation with event streams", async () => {
    const { differences } = await compare(join(root, "test/fixtures/events/model.smithy"), 50);
    expect(differences).toEqual([]);
  });
});
