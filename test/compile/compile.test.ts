import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { generateInto } from "../support/generate-client.js";
import { root, sharedPath } from "../support/shared.js";

const folder = join(root, ".cache/compile");

const own = {
  bookshelf: join(root, "test/fixtures/golden/bookshelf/model.json"),
  hostile: join(root, "test/fixtures/golden/hostile/model.json"),
  cloudtrail: join(root, "model/cloudtrail.json"),
};
const foreign = {
  athena: sharedPath("models/athena-2017-05-18.json"),
  sagemaker: sharedPath("models/sagemaker-2017-07-24.json"),
  dynamodb: sharedPath("models/dynamodb-2012-08-10.json"),
  jsonprotocol: sharedPath("conformance/protocols/json.jsonprotocol.json"),
};

/** The compiler's complaints about generated code under the project's settings and the package's own. */
function complaints(name: string): string {
  const config = join(folder, name, "tsconfig.check.json");
  writeFileSync(
    config,
    JSON.stringify({
      extends: relative(join(folder, name), join(root, "tsconfig.base.json")),
      compilerOptions: {
        noEmit: true,
        declaration: true,
        isolatedDeclarations: true,
        paths: {
          "@clientsmith/runtime/codegen": [join(root, "runtime/src/codegen.ts")],
          "@clientsmith/runtime/protocols/*": [join(root, "runtime/src/protocols/*/index.ts")],
        },
      },
      include: ["src"],
    }),
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", config], { encoding: "utf8", maxBuffer: 64 << 20 });
  // The runtime's own sources are held to their own settings.
  return stdout
    .split("\n")
    .filter((line) => line.includes(`.cache/compile/${name}/`))
    .join("\n");
}

describe("generated code compiles under the strictest settings", () => {
  for (const [name, model] of Object.entries({ ...own, ...foreign })) {
    it.skipIf(model === undefined)(
      name,
      async () => {
        rmSync(join(folder, name), { recursive: true, force: true });
        mkdirSync(join(folder, name), { recursive: true });
        await generateInto(join(folder, name), model ?? "");
        expect(complaints(name)).toBe("");
      },
      120_000,
    );
  }
});
