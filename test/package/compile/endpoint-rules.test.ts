import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compileBdd, type CompiledRuleSet, compileRuleSet } from "#generator/endpoints/compile.js";
import { bddOf } from "../../unit/generator/endpoints/support/bdd-of.js";
import { hostile } from "../../unit/generator/endpoints/support/hostile-rules.js";
import { randomRuleSet } from "../../unit/generator/endpoints/support/random-rules.js";
import { complaints, folder } from "./support/check.js";

const name = "endpoint-rules";
const shapeId = "test#Service";

it("compiled endpoint rules, random and hostile ones and in both forms, are strict TypeScript", () => {
  rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(join(folder, name), { recursive: true });
  write("hostile.ts", compileRuleSet(hostile, { shapeId }));
  for (let seed = 0; seed < 400; seed++) {
    const ruleSet = randomRuleSet(seed);
    write(`rules-${seed}.ts`, compileRuleSet(ruleSet, { shapeId }));
    write(`bdd-${seed}.ts`, compileBdd(bddOf(ruleSet), { shapeId }));
  }
  expect(complaints(name, ["."])).toBe("");
}, 120_000);

function write(file: string, { source, symbols, diagnostics }: CompiledRuleSet): void {
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const imported = symbols.map((symbol) => (/^Endpoint(Parameters)?$/.test(symbol) ? `type ${symbol}` : symbol));
  const text = `import { ${imported.join(", ")} } from "@clientsmith/runtime/codegen/v1";\n${source}`;
  writeFileSync(join(folder, name, file), text);
}
