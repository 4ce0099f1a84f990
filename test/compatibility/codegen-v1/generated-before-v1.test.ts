import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";

const client = join(root, "test/fixtures/generated-before-v1/client.js");

/** Why Node cannot load a module. */
function failureOf(file: string): string {
  const { stderr, status, error } = spawnSync(process.execPath, [file], { encoding: "utf8", timeout: 20_000 });
  if (error) throw error;
  expect(status).toBe(1);
  return stderr;
}

describe("a package that was generated before codegen/v1", () => {
  const advice = /Error: A generated package imports "@clientsmith\/runtime\/codegen".*npx clientsmith generate MODEL/;

  it("fails to load with an error that reports how to generate it again", () => {
    expect(failureOf(client)).toMatch(advice);
  });

  it("fails with the same error in a bundle", async () => {
    const folder = join(root, ".cache/generated-before-v1");
    mkdirSync(folder, { recursive: true });
    const bundle = await rolldown({
      input: client,
      platform: "node",
      resolve: { conditionNames: ["module", "import"] },
    });
    await bundle.write({ file: join(folder, "client.mjs"), format: "esm", minify: true });
    await bundle.close();
    expect(failureOf(join(folder, "client.mjs"))).toMatch(advice);
  });
});
