import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";
import { workplace } from "./support/harness.js";

const before = `import AWS from "aws-sdk";\n\nexport const c = new AWS.CloudTrail();\n`;
const after = before.replace(`import AWS from "aws-sdk"`, `import * as AWS from "@clientsmith/cloudtrail/classic"`);
const named = ["--package", "cloudtrail=@clientsmith/cloudtrail"];

/** A project that depends on the package, which is installed in it. */
function project() {
  const work = workplace();
  const { folder } = work;
  work.put("package.json", { dependencies: { "@clientsmith/cloudtrail": "1", "is-odd": "1" } });
  const installed = join(folder, "node_modules/@clientsmith/cloudtrail");
  fs.mkdirSync(installed, { recursive: true });
  const manifest = JSON.parse(fs.readFileSync(join(root, "generated/cloudtrail/package.json"), "utf8")) as object;
  const exports = { "./classic": { types: "./classic.d.ts" } };
  fs.writeFileSync(join(installed, "package.json"), JSON.stringify({ ...manifest, exports }));
  fs.copyFileSync(join(root, "generated/cloudtrail/src/classic.ts"), join(installed, "classic.d.ts"));
  const read = (name: string): string => fs.readFileSync(join(folder, name), "utf8");
  return { ...work, read };
}

describe("clientsmith migrate", () => {
  it("shows a diff and writes nothing", async () => {
    const { put, run, read } = project();
    put("a.ts", before);
    put("b.ts", "export {};\n");
    const { code, stdout, stderr } = await run("migrate", "a.ts", "b.ts");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`--- a/a.ts\n+++ b/a.ts\n@@ -1,3 +1,3 @@\n-import AWS from "aws-sdk";\n+import * as AWS`);
    expect(stdout).toMatch(/1 file to be changed, 1 unchanged: nothing is written without --write\n$/);
    expect(read("a.ts")).toBe(before);
  });

  it("writes, keeps permissions, and finds nothing to do the second time", async () => {
    const { folder, put, run, read } = project();
    put("a.mts", before);
    fs.chmodSync(join(folder, "a.mts"), 0o750);
    fs.symlinkSync("a.mts", join(folder, "link.mts"));
    expect(await run("migrate", "link.mts", "--write")).toMatchObject({ code: 0, stderr: "" });
    expect(read("a.mts")).toBe(after);
    expect(fs.lstatSync(join(folder, "link.mts")).isSymbolicLink()).toBe(true);
    expect(fs.statSync(join(folder, "a.mts")).mode & 0o777).toBe(0o750);
    expect(fs.readdirSync(folder).toSorted()).toEqual(["a.mts", "link.mts", "node_modules", "package.json"]);
    const again = await run("migrate", "a.mts", "--write");
    expect(again).toEqual({ code: 0, stdout: "0 files changed, 1 unchanged\n", stderr: "" });
  });

  it.each([
    ["of lines", (text: string) => text],
    ["of lines that end in CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["without a last line's end", (text: string) => text.trimEnd()],
  ])("a diff %s is one that git applies", async (_name, form) => {
    const { folder, put, run, read } = project();
    put("a.ts", form(before));
    const { stdout } = await run("migrate", "a.ts");
    const patch = stdout.slice(0, stdout.indexOf("1 file to be changed"));
    const { status, stderr } = spawnSync("git", ["apply", "-"], { cwd: folder, input: patch, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(read("a.ts")).toBe(form(after));
  });

  it("reports what it leaves, and where to read on", async () => {
    const { put, run, read } = project();
    put("a.ts", `${before}export default AWS;\n`);
    put("b.ts", `import AWS from "aws-sdk";\nAWS.config.update({});\nnew AWS.S3();\n`);
    const { code, stdout, stderr } = await run("migrate", "a.ts", "b.ts", "--write");
    expect(code).toBe(0);
    expect(stderr).toBe(
      'a.ts:4: left unchanged: AWS is passed on as a whole. See "Re-exports and mocks" in docs/migrating.md\n' +
        "b.ts:2: it does not configure migrated service objects. " +
        'See "The shared configuration" in docs/migrating.md\n',
    );
    expect(stdout).toMatch(/1 file changed, 1 unchanged, 2 locations left unchanged\n$/);
    expect(read("a.ts")).toContain("// clientsmith: left unchanged: AWS is passed on as a whole.");
    const again = await run("migrate", "a.ts", "--write");
    expect(again.stdout).toBe("0 files changed, 1 unchanged, 1 location left unchanged\n");
  });

  it("leaves a file that it cannot read, and continues with the others", async () => {
    const { folder, put, run, read } = project();
    put("bad.ts", `import AWS from "aws-sdk";\nconst = 1;\n`);
    put("data.json", "{}");
    fs.mkdirSync(join(folder, "src"));
    put("a.ts", before);
    const { code, stdout, stderr } = await run("migrate", "bad.ts", "data.json", "src", "none.ts", "a.ts", "--write");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bad\.ts: line 2: Variable declaration expected\.$/m);
    expect(stderr).toMatch(/^data\.json: this is not a JavaScript or TypeScript file/m);
    expect(stderr).toMatch(/^src: this is a folder; list the files in it$/m);
    expect(stderr).toMatch(/^none\.ts: no such file$/m);
    expect(stdout).toMatch(/1 file changed, 0 unchanged, 4 failed\n$/);
    expect(read("a.ts")).toBe(after);
  });

  it("knows a package by its name alone", async () => {
    const { put, run } = workplace();
    put("a.ts", before);
    expect(await run("migrate", "a.ts")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--package SERVICE=NAME"),
    });
    const { code, stdout } = await run("migrate", "a.ts", ...named);
    expect(code).toBe(0);
    expect(stdout).toContain('+import * as AWS from "@clientsmith/cloudtrail/classic";');
  });

  it("goes to functions in the same way", async () => {
    const { put, run, read } = project();
    put(
      "a.ts",
      `import { CloudTrail } from "aws-sdk";\nconst c = new CloudTrail({ region: "x" });\nawait c.listTrails().promise();\n`,
    );
    expect(await run("migrate", "a.ts", "--to", "functions", "--write")).toMatchObject({ code: 0, stderr: "" });
    expect(read("a.ts")).toBe(
      `import { CloudTrailClient, listTrails } from "@clientsmith/cloudtrail";\nconst c = new CloudTrailClient({ region: "x" });\nawait listTrails(c, {});\n`,
    );
  });

  it.each([
    [[], "migrate requires files"],
    [["a.ts", "--package", "cloudtrail"], "--package requires SERVICE=NAME"],
    [["a.ts", ...named, "--package", "CloudTrail=other"], "--package cloudtrail is repeated"],
    [["a.ts", "--to", "v3"], "--to must be classic or functions, not v3"],
    [["a.ts", "--wrte"], "Did you mean --write?"],
  ])("%j is wrong usage", async (argv, message) => {
    const { run } = workplace();
    expect(await run("migrate", ...argv)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  });

  it("reports how it is used", async () => {
    const { run } = workplace();
    const { code, stdout } = await run("migrate", "--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Migrate code from AWS SDK v2 .*\n.*\n\nUsage:\n {2}clientsmith migrate FILES/);
  });
});
