import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { npm, npmInstall } from "../../support/npm.js";
import { root } from "../../support/shared.js";

const here = join(root, "test/package/jest");
const jest = join(here, "node_modules/jest/bin/jest.js");
const isInstalled = existsSync(jest) || npmInstall(here, ["ci"], "the tests of Jest");
/** Below the folder that has Jest, so that it is found from there. */
const project = join(here, ".cache/consumer");

describe.runIf(isInstalled)("the packed packages in a project of CommonJS", () => {
  let areInstalled = false;

  beforeAll(() => {
    rmSync(project, { recursive: true, force: true });
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true }));
    for (const form of ["default", "ts-jest"]) cpSync(join(here, form), join(project, form), { recursive: true });
    const tarballs = ["runtime", "generated/cloudtrail"].map((folder) => {
      const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", project];
      return join(project, npm(join(root, folder), ...args).trim());
    });
    areInstalled = npmInstall(project, ["install", ...tarballs], "the packed packages under Jest");
  }, 120_000);

  it.for([
    ["Jest, as it comes", "default", "node"],
    ["Jest, as it comes", "default", "jsdom"],
    ["ts-jest", "ts-jest", "node"],
    ["ts-jest", "ts-jest", "jsdom"],
  ] as const)(
    "are loaded by %s (%s), and calls settle with real and fake timers, in the environment %s",
    { timeout: 120_000 },
    ([, form, environment], context) => {
      context.skip(!areInstalled);
      const args = [jest, "--rootDir", join(project, form), "--env", environment];
      const { stderr, status } = spawnSync(process.execPath, args, { cwd: join(project, form), encoding: "utf8" });
      expect({ status, failures: /●[^]*/.exec(stderr)?.[0] }).toEqual({ status: 0, failures: undefined });
      expect(stderr).toMatch(/^Tests: +\d+ passed, \d+ total$/m);
    },
  );

  it("share the guards of errors and the classic config with the ES modules in one process", (context) => {
    context.skip(!areInstalled);
    const args = [join(project, "both-builds.cjs")];
    cpSync(join(here, "both-builds.cjs"), join(project, "both-builds.cjs"));
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(JSON.parse(stdout)).toEqual({
      areTwoBuilds: true,
      isServiceError: [true, true],
      isClientsmithError: [true, true],
      isTrailNotFoundException: [true, true],
      isAnotherException: [false, false],
      hasOneConfig: true,
    });
  });
});
