import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npm, npmInstall } from "../../support/npm.js";
import { root } from "../../support/shared.js";

const binaries = join(root, "test/package/node-versions/node_modules");
const areInstalled = existsSync(binaries);
if (!areInstalled) {
  console.log(
    "skipped: Node 20 to 26, Deno and Bun, whose binaries `npm ci --prefix test/package/node-versions` installs",
  );
}

describe.skipIf(!areInstalled)("the packed packages, from import to response", () => {
  const project = mkdtempSync(join(tmpdir(), "clientsmith-node-versions-"));
  let isInstalled = false;

  beforeAll(() => {
    const tarballs = ["runtime", "generated/cloudtrail"].map((folder) => {
      const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", project];
      return join(project, npm(join(root, folder), ...args).trim());
    });
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
    cpSync(join(root, "test/package/node-versions/call.mjs"), join(project, "call.mjs"));
    isInstalled = npmInstall(project, ["install", ...tarballs], "the packed packages in each version of Node");
  }, 120_000);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it.for([
    ["20", "import, fetch, undici, require"],
    ["22", "import, fetch, undici, require"],
    ["24", "import, fetch, undici, require"],
    ["26", "import, fetch, undici, require"],
  ] as const)("Node %s: %s", ([version, ways], context) => {
    context.skip(!isInstalled);
    const node = join(binaries, `node-${version}/bin/node`);
    const { stdout, stderr, status } = spawnSync(node, ["call.mjs"], { cwd: project, encoding: "utf8" });
    expect({ stdout, stderr, status }).toEqual({ stdout: `${ways}\n`, stderr: "", status: 0 });
  });
});

describe.each([
  ["Deno", "deno-linux/deno", ["run", "--allow-all"]],
  ["Bun", "bun-linux/bin/bun", []],
] as const)("%s", (_, binary, options) => {
  it.skipIf(!existsSync(join(binaries, binary)))("runs the tour", () => {
    const { stdout, stderr, status } = spawnSync(join(binaries, binary), [...options, "examples/dist/tour.js"], {
      cwd: root,
      encoding: "utf8",
      timeout: 60_000,
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^(\d+) requests, \1 of them with a valid signature\n$/m);
  });
});
