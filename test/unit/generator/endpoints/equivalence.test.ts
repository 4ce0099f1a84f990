import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileBdd, type CompiledRuleSet, compileRuleSet } from "#generator/endpoints/compile.js";
import { root } from "../../../support/shared.js";
import { bddOf } from "./support/bdd-of.js";
import { interpret, type JsonObject } from "./support/interpreter.js";
import { load, loadBdd, outcome } from "./support/load.js";
import { randomParameters, randomRuleSet } from "./support/random-rules.js";

const seeds = Array.from({ length: 400 }, (_, seed) => seed);

describe.each([
  { form: "rules", loaded: load },
  { form: "decision diagrams", loaded: (ruleSet: JsonObject) => loadBdd(bddOf(ruleSet)) },
])("compiled $form", ({ loaded }) => {
  it("decide what an interpreter of the specification decides", () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const ruleSet = randomRuleSet(seed);
      const resolve = loaded(ruleSet);
      for (let index = 0; index < 40; index++) {
        const parameters = randomParameters(seed * 1000 + index);
        const wanted = interpret(ruleSet, parameters);
        expect(outcome(resolve, parameters), `seed ${seed}, ${JSON.stringify(parameters)}`).toEqual(wanted);
        seen.add(JSON.stringify(wanted));
      }
    }
    expect(seen.size).toBeGreaterThan(100);
  });
});

describe("compiled rules of both forms", () => {
  it("are strict TypeScript", () => {
    const folder = join(root, ".cache/endpoints-strict");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const seed of seeds) {
      const ruleSet = randomRuleSet(seed);
      write(folder, `rules-${seed}.ts`, compileRuleSet(ruleSet, { shapeId: "test#Service" }));
      write(folder, `bdd-${seed}.ts`, compileBdd(bddOf(ruleSet), { shapeId: "test#Service" }));
    }
    const runtime = join(root, "runtime/src");
    writeFileSync(
      join(folder, "runtime.ts"),
      [
        `export * from ${JSON.stringify(join(runtime, "endpoints/rule-functions.js"))};`,
        `export { EndpointError } from ${JSON.stringify(join(runtime, "errors/index.js"))};`,
        `export type { Endpoint, EndpointParameters } from ${JSON.stringify(join(runtime, "schema/service.js"))};`,
      ].join("\n"),
    );
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../../tsconfig.base.json", compilerOptions: { noEmit: true }, include: ["."] }),
    );
    const tsc = spawnSync("npx", ["tsc", "-p", folder], { cwd: root, encoding: "utf8" });
    expect(tsc.stdout).toBe("");
    expect(tsc.status).toBe(0);
  });
});

function write(folder: string, file: string, { source, symbols }: CompiledRuleSet): void {
  const names = symbols.map((symbol) => (/^Endpoint(Parameters)?$/.test(symbol) ? `type ${symbol}` : symbol));
  writeFileSync(join(folder, file), `import { ${names.join(", ")} } from "./runtime.js";\n${source}`);
}
