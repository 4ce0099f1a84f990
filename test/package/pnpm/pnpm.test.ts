import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npm, npmInstall } from "../../support/npm.js";
import { root } from "../../support/shared.js";

const here = join(root, "test/package/pnpm");
const pnpm = join(here, "node_modules/pnpm/bin/pnpm.cjs");
const isInstalled = existsSync(pnpm) || npmInstall(here, ["ci"], "the tests of pnpm");
const compilers = { "7": root, "5.9": here };

/** Each package sees the packages that it depends on itself: a caller of a client does not see the runtime. */
describe.runIf(isInstalled)("a program that exports what it calls, in a pnpm layout", () => {
  const project = mkdtempSync(join(tmpdir(), "clientsmith-pnpm-"));

  beforeAll(() => {
    const [runtime, cloudtrail] = ["runtime", "generated/cloudtrail"].map((folder) => {
      const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", project];
      return `file:./${npm(join(root, folder), ...args).trim()}`;
    });
    const manifest = {
      name: "consumer",
      private: true,
      type: "module",
      dependencies: { "@clientsmith/cloudtrail": cloudtrail, "@types/node": "20.19.43" },
      pnpm: { overrides: { "@clientsmith/runtime": runtime } },
    };
    writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
    cpSync(join(here, "consumer"), project, { recursive: true });
    const args = [pnpm, "install", "--ignore-scripts", "--store-dir", join(project, ".store")];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
    if (status !== 0) throw new Error(stdout);
  }, 120_000);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("cannot import the runtime", () => {
    expect(existsSync(join(project, "node_modules/@clientsmith/cloudtrail/package.json"))).toBe(true);
    expect(existsSync(join(project, "node_modules/@clientsmith/runtime"))).toBe(false);
  });

  it.for(["7", "5.9"] as const)("can be built from its source by TypeScript %s", { timeout: 120_000 }, (version) => {
    // Beside the installed package, where its dependencies are found.
    const source = join(realpathSync(join(project, "node_modules/@clientsmith/cloudtrail")), `../source-${version}`);
    for (const path of ["src", "package.json", "tsconfig.json", "tsconfig.commonjs.json"]) {
      cpSync(join(root, "generated/cloudtrail", path), join(source, path), { recursive: true });
    }
    const tsc = join(compilers[version], "node_modules/typescript/bin/tsc");
    for (const config of ["tsconfig.json", "tsconfig.commonjs.json"]) {
      const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", config], { cwd: source, encoding: "utf8" });
      expect({ config, stdout, status }).toEqual({ config, stdout: "", status: 0 });
    }
    expect(existsSync(join(source, "dist/commonjs/index.d.ts"))).toBe(true);
  });

  it.for([
    ["7", "nodenext", "nodenext"],
    ["7", "esnext", "bundler"],
    ["5.9", "nodenext", "nodenext"],
    ["5.9", "esnext", "bundler"],
  ] as const)(
    "has declarations by TypeScript %s, module %s, moduleResolution %s",
    { timeout: 60_000 },
    ([version, module, moduleResolution]) => {
      const compilerOptions = {
        strict: true,
        declaration: true,
        target: "es2022",
        lib: ["es2023"],
        types: ["node"],
        outDir: `out-${version}-${moduleResolution}`,
        rootDir: ".",
        module,
        moduleResolution,
      };
      const config = join(project, `tsconfig.${version}.${moduleResolution}.json`);
      writeFileSync(config, JSON.stringify({ compilerOptions, include: ["*.ts"] }));
      const tsc = join(compilers[version], "node_modules/typescript/bin/tsc");
      const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", config], { cwd: project, encoding: "utf8" });
      expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
    },
  );
});
