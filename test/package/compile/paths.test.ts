import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatDiagnostic, generate, type Model, readModel } from "clientsmith";
import { describe, expect, it } from "vitest";
import * as functions from "#runtime/operations/jmespath.js";
import { sharedPath } from "../../support/shared.js";
import { modelOf } from "../../unit/generator/ir/support/model.js";
import { cases } from "../../unit/generator/jmespath/support/cases.js";
import { compile, things } from "../../unit/generator/jmespath/support/things.js";
import { complaints, folder } from "./support/check.js";

function clear(name: string): void {
  rmSync(join(folder, name), { recursive: true, force: true });
}

async function write(into: string, model: Model): Promise<readonly string[]> {
  const { files, diagnostics } = await generate(model);
  if (!files) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  for (const [path, text] of files) {
    const file = join(folder, into, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return diagnostics.filter(({ code }) => /waiter|context-param/.test(code)).map(formatDiagnostic);
}

describe("compiled paths pass the compiler under the strictest settings", () => {
  it("of every kind", async () => {
    clear("paths");
    await write("paths", modelOf(things));
    const paths = cases.map(
      ([expression], index) =>
        `/** ${expression.replaceAll("*/", "*\\/")} */\nexport const path${index} = (output: Thing): unknown => [output, ${compile(expression).text}];`,
    );
    const text = [
      `import { ${used(paths.join()).join(", ")} } from "@clientsmith/runtime/codegen/v1";`,
      'import type { Thing } from "./index.js";',
      ...paths,
    ];
    writeFileSync(join(folder, "paths/src/paths.ts"), text.join("\n"));
    expect(complaints("paths")).toBe("");
  }, 60_000);

  const models = sharedPath("models");

  it.skipIf(models === undefined)(
    "of the waiters and endpoint parameters of every public model",
    async () => {
      clear("waiters");
      const found: string[] = [];
      let waiters = 0;
      let params = 0;
      for (const name of readdirSync(models ?? "").toSorted()) {
        const reduced = onlyWithPaths(name, readFileSync(join(models ?? "", name), "utf8"));
        if (!reduced) continue;
        waiters += reduced.waiters;
        params += reduced.params;
        found.push(...(await write(`waiters/src/${name.replace(/-\d.*/, "")}`, reduced.model)));
      }
      expect(found).toEqual([]);
      expect({ waiters, params }).toEqual({ waiters: 67, params: 4 });
      expect(complaints("waiters")).toBe("");
    },
    120_000,
  );
});

/** The runtime functions that code calls. */
function used(code: string): string[] {
  return Object.keys(functions).filter((name) => code.includes(`${name}(`));
}

interface Shape {
  readonly type: string;
  traits?: Record<string, unknown>;
  operations?: unknown;
  resources?: unknown;
}

/** The model with those operations alone that have paths, in a protocol that matters as little as the others. */
function onlyWithPaths(file: string, text: string): { model: Model; waiters: number; params: number } | undefined {
  const json = JSON.parse(text) as { shapes: Record<string, Shape> };
  const sizeOf = ({ traits = {} }: Shape, trait: string): number => Object.keys(traits[trait] ?? {}).length;
  const ids = Object.keys(json.shapes).filter((id) => {
    const shape = json.shapes[id];
    return shape && (sizeOf(shape, "smithy.waiters#waitable") > 0 || sizeOf(shape, params) > 0);
  });
  if (ids.length === 0) return undefined;
  for (const shape of Object.values(json.shapes)) {
    if (shape.type !== "service") continue;
    const others = Object.entries(shape.traits ?? {}).filter(([id]) => !/^aws\.protocols#|endpoint/i.test(id));
    shape.traits = { ...Object.fromEntries(others), "aws.protocols#awsJson1_1": {} };
    shape.operations = ids.map((target) => ({ target }));
    delete shape.resources;
  }
  const { model, diagnostics } = readModel({ file, text: JSON.stringify(json) });
  if (!model) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  const total = (trait: string): number =>
    Object.values(json.shapes).reduce((sum, shape) => sum + sizeOf(shape, trait), 0);
  return { model, waiters: total("smithy.waiters#waitable"), params: total(params) };
}

const params = "smithy.rules#operationContextParams";
