import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npm, npmInstall } from "../../support/npm.js";
import { root } from "../../support/shared.js";

const packages = { runtime: "runtime", cloudtrail: "generated/cloudtrail" } as const;
const tsc = join(root, "node_modules/typescript/bin/tsc");

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
}

function run(folder: string, args: readonly string[]): { output: string; status: number | null } {
  const { error, status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (error) throw error;
  return { output: stdout + stderr, status };
}

function pack(folder: string): Packed {
  const destination = join(root, ".cache/packed");
  mkdirSync(destination, { recursive: true });
  const json = npm(join(root, folder), "pack", "--json", "--ignore-scripts", "--pack-destination", destination);
  const report: unknown = JSON.parse(json);
  // npm 11 gives an array, npm 12 an object by name.
  const [packed] = Object.values(report as Record<string, { filename: string; files: { path: string }[] }>);
  if (!packed) throw new Error(`npm pack printed ${json}`);
  return { tarball: join(destination, packed.filename), files: packed.files.map(({ path }) => path) };
}

/** Packs the packages as they would be published, and installs them in a project that knows nothing of this repository. */
describe("the packages, packed and installed in an empty project", () => {
  const project = mkdtempSync(join(tmpdir(), "clientsmith-consumer-"));
  let runtime: Packed;
  let cloudtrail: Packed;
  let isInstalled = false;

  beforeAll(() => {
    for (const folder of Object.values(packages)) {
      const build = run(root, [tsc, "-b", folder]);
      if (build.status !== 0) throw new Error(build.output);
    }
    runtime = pack(packages.runtime);
    cloudtrail = pack(packages.cloudtrail);
    cpSync(join(root, "test/package/pack/consumer"), project, { recursive: true });
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
    const wanted = ["install", runtime.tarball, cloudtrail.tarball, `@types/node@${devDependencies["@types/node"]}`];
    isInstalled = npmInstall(project, wanted, "the packed packages in an empty project");
  }, 300_000);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it.each(Object.keys(packages) as (keyof typeof packages)[])("packs what %s needs and nothing else", (name) => {
    const { files } = { runtime, cloudtrail }[name];
    expect(files).toEqual(expect.arrayContaining(["package.json", "dist/index.js", "dist/index.d.ts", "src/index.ts"]));
    const allowed =
      /^(package\.json|README\.md|LICENSE|NOTICE|clientsmith\.json|src\/.*\.ts|dist\/commonjs\/package\.json|dist\/.*\.(js|d\.ts)(\.map)?)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(files.filter((file) => /test\.|tsbuildinfo/.test(file))).toEqual([]);
  });

  it.each(Object.values(packages))(
    "has every entry point of %s as CommonJS, too, with declarations of its own",
    (folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
        readonly exports: Readonly<Record<string, unknown>>;
      };
      const entryPoints = Object.values(manifest.exports).filter(
        (target) => typeof target === "object" && target !== null,
      );
      expect(entryPoints.length).toBeGreaterThan(4);
      for (const target of entryPoints) {
        expect(target).toMatchObject({
          types: { require: expect.stringMatching(/^\.\/dist\/commonjs\/.*\.d\.ts$/) as string },
          require: expect.stringMatching(/^\.\/dist\/commonjs\/.*\.js$/) as string,
        });
      }
    },
  );

  it("installs undici and type declarations, and nothing else", (context) => {
    context.skip(!isInstalled);
    const installed = readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."));
    // The types of Node, and `undici-types` for them, are the project's own.
    expect(installed.toSorted()).toEqual(["@clientsmith", "@types", "undici", "undici-types"]);
  });

  it.for(["nodenext", "bundler"])("type-checks under strict settings, resolved as %s", (resolution, context) => {
    context.skip(!isInstalled);
    const { output, status } = run(project, [tsc, "-p", `tsconfig.${resolution}.json`]);
    expect(output).toBe("");
    expect(status).toBe(0);
  });

  it("runs in plain Node, by the root and by an operation's subpath", (context) => {
    context.skip(!isInstalled);
    const { output, status } = run(project, ["call.mjs"]);
    expect(output).toBe("");
    expect(status).toBe(0);
    expect(JSON.parse(readFileSync(join(project, "results.json"), "utf8"))).toEqual({
      isSameFunction: true,
      targets: ["CloudTrail_20131101.LookupEvents", "CloudTrail_20131101.LookupEvents", "CloudTrail_20131101.GetTrail"],
      events: ["1", "2"],
      error: "TrailNotFoundException",
    });
  });
});
