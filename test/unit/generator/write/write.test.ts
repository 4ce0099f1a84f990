import { createHash } from "node:crypto";
import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { writePackage, WriteError } from "#generator/write/index.js";
import { contents, facts, failingDisk, filesOf, put, stamps, temporaryFolder } from "./support/folder.js";

const first = filesOf({ "src/b.ts": "b1", "src/a/one.ts": "one", "package.json": "{}" });

describe("writing", () => {
  it("writes the files and a sorted manifest with version, model and hashes", async () => {
    const folder = join(temporaryFolder(), "deep", "out");
    const result = await writePackage(folder, first, facts);
    expect(result).toMatchObject({
      added: ["clientsmith.json", "package.json", "src/a/one.ts", "src/b.ts"],
      changed: [],
      removed: [],
      unchanged: 0,
    });
    const { "clientsmith.json": manifest, ...files } = contents(folder);
    expect(files).toEqual(Object.fromEntries(first));
    const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
    expect(manifest).toBe(
      `${JSON.stringify(
        {
          clientsmith: "1.2.3",
          model: { hash: "h1", service: "a#S" },
          files: { "package.json": sha("{}"), "src/a/one.ts": sha("one"), "src/b.ts": sha("b1") },
        },
        undefined,
        2,
      )}\n`,
    );
    expect(fs.readdirSync(folder).toSorted()).toEqual(["clientsmith.json", "package.json", "src"]);
  });

  it("touches nothing where nothing changed", async () => {
    const folder = temporaryFolder();
    await writePackage(folder, first, facts);
    const before = stamps(folder);
    const { disk, steps } = failingDisk(() => false);
    expect(await writePackage(folder, first, { ...facts, disk })).toMatchObject({
      unchanged: 4,
      added: [],
      changed: [],
    });
    expect(steps()).toBe(0);
    expect(stamps(folder)).toEqual(before);
  });

  it("touches nothing where a checkout has turned the ends of lines, and still finds an edit", async () => {
    const folder = temporaryFolder();
    const files = filesOf({ "src/b.ts": "one\ntwo\n", "package.json": "{\n}\n" });
    await writePackage(folder, files, facts);
    for (const [path, text] of Object.entries(contents(folder))) put(folder, path, text.replaceAll("\n", "\r\n"));
    const before = stamps(folder);
    expect(await writePackage(folder, files, facts)).toMatchObject({ unchanged: 3, added: [], changed: [] });
    expect(stamps(folder)).toEqual(before);
    put(folder, "src/b.ts", "one\r\nand two\r\n");
    await expect(writePackage(folder, files, facts)).rejects.toThrow(WriteError);
  });

  it("touches only what changed, and the manifest", async () => {
    const folder = temporaryFolder();
    await writePackage(folder, first, facts);
    const before = stamps(folder);
    const result = await writePackage(folder, new Map([...first, ["src/b.ts", "b2"]]), facts);
    expect(result).toMatchObject({ changed: ["clientsmith.json", "src/b.ts"], unchanged: 2 });
    const after = stamps(folder);
    expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual(["clientsmith.json", "src/b.ts"]);
  });

  it("touches the manifest alone where only the model's hash changed", async () => {
    const folder = temporaryFolder();
    await writePackage(folder, first, facts);
    const result = await writePackage(folder, first, { ...facts, model: { hash: "h2", service: "a#S" } });
    expect(result).toMatchObject({ changed: ["clientsmith.json"], added: [], removed: [] });
  });

  it("removes its own orphans and the folders that they leave empty, and nothing else", async () => {
    const folder = temporaryFolder();
    await writePackage(folder, new Map([...first, ["src/a/b/two.ts", "two"], ["src/c/three.ts", "3"]]), facts);
    put(folder, "src/c/mine.txt", "mine");
    put(folder, "node_modules/x/index.js", "x");
    const result = await writePackage(folder, first, facts);
    expect(result.removed).toEqual(["src/a/b/two.ts", "src/c/three.ts"]);
    const { "clientsmith.json": _, ...files } = contents(folder);
    expect(files).toEqual({ ...Object.fromEntries(first), "src/c/mine.txt": "mine", "node_modules/x/index.js": "x" });
    expect(fs.existsSync(join(folder, "src/a/b"))).toBe(false);
  });

  it("writes again what was deleted, and takes on equal files that it has no record of", async () => {
    const folder = temporaryFolder();
    put(folder, "src/b.ts", "b1");
    await writePackage(folder, first, facts);
    fs.rmSync(join(folder, "package.json"));
    expect(await writePackage(folder, first, facts)).toMatchObject({
      added: ["package.json"],
      changed: [],
      unchanged: 3,
    });
  });
});

describe("files that somebody else wrote or edited", () => {
  it.each([
    ["edited", "src/b.ts", /edited by hand.*--force overwrites/],
    ["foreign", "src/new.ts", /did not write it.*--force overwrites/],
    ["an edited orphan", "package.json", /edited by hand and is no longer generated.*--force removes/],
  ])("rejects: %s", async (_, path, message) => {
    const folder = temporaryFolder();
    await writePackage(folder, first, facts);
    put(folder, path, "by hand");
    const before = contents(folder);
    const next = filesOf({ "src/b.ts": "b2", "src/a/one.ts": "one", "src/new.ts": "new" });
    await expect(writePackage(folder, next, facts)).rejects.toMatchObject({
      problems: [{ path, message: expect.stringMatching(message) }],
    });
    await expect(writePackage(folder, next, { ...facts, dryRun: true })).rejects.toMatchObject({
      problems: [{ path }],
    });
    expect(contents(folder)).toEqual(before);
    await writePackage(folder, next, { ...facts, force: true });
    const { "clientsmith.json": __, ...files } = contents(folder);
    expect(files).toEqual(Object.fromEntries(next));
  });

  it("rejects a manifest that it cannot read", async () => {
    const folder = temporaryFolder();
    put(folder, "clientsmith.json", "[");
    await expect(writePackage(folder, first, facts)).rejects.toMatchObject({
      problems: [{ path: "clientsmith.json" }],
    });
    await writePackage(folder, first, { ...facts, force: true });
    expect(contents(folder)["src/b.ts"]).toBe("b1");
  });

  it("rejects a folder in a file's place and a file in a folder's, force or not", async () => {
    const folder = temporaryFolder();
    put(folder, "src/b.ts/x", "x");
    put(folder, "src/a", "a");
    await expect(writePackage(folder, first, { ...facts, force: true })).rejects.toMatchObject({
      problems: [
        { path: "src/b.ts", message: expect.stringContaining("folder") },
        { path: "src/a/one.ts", message: expect.stringContaining("src/a is a file") },
      ],
    });
  });

  it("never follows a manifest out of the folder", async () => {
    const parent = temporaryFolder();
    put(parent, "victim", "v");
    const hash = createHash("sha256").update("v").digest("hex");
    put(parent, "out/clientsmith.json", JSON.stringify({ files: { "../victim": hash } }));
    await expect(writePackage(join(parent, "out"), first, { ...facts, force: true })).rejects.toMatchObject({
      problems: [{ path: "../victim" }],
    });
    expect(contents(parent)["victim"]).toBe("v");
  });
});

describe("check and dry run", () => {
  it.each(["check", "dryRun"] as const)("%s compares and writes nothing", async (mode) => {
    const folder = temporaryFolder();
    await writePackage(folder, first, facts);
    fs.rmSync(join(folder, "package.json"));
    const before = stamps(folder);
    const next = filesOf({ "src/b.ts": "b2", "package.json": "{}" });
    const result = await writePackage(folder, next, { ...facts, [mode]: true });
    expect(result).toMatchObject({
      added: ["package.json"],
      changed: ["clientsmith.json", "src/b.ts"],
      removed: ["src/a/one.ts"],
    });
    expect(stamps(folder)).toEqual(before);
  });

  it("check counts an edited file as different and creates no folder", async () => {
    const folder = temporaryFolder();
    await writePackage(folder, first, facts);
    put(folder, "src/b.ts", "by hand");
    expect(await writePackage(folder, first, { ...facts, check: true })).toMatchObject({ changed: ["src/b.ts"] });
    await writePackage(join(folder, "none"), first, { ...facts, check: true });
    expect(fs.existsSync(join(folder, "none"))).toBe(false);
  });
});

describe("places that cannot be written to", () => {
  it("names an output that is a file", async () => {
    const folder = temporaryFolder();
    put(folder, "out", "");
    await expect(writePackage(join(folder, "out"), first, facts)).rejects.toThrow(
      /out is a file; --out must be a folder/,
    );
  });

  it("names an output below a file", async () => {
    const folder = temporaryFolder();
    put(folder, "file", "");
    await expect(writePackage(join(folder, "file/out"), first, facts)).rejects.toThrow(
      /Cannot write to .*file\/out: a part/,
    );
  });

  it("names an output that may not be written to", async () => {
    const folder = temporaryFolder();
    const denied = (): never => {
      throw Object.assign(new Error("EACCES: permission denied, mkdir"), { code: "EACCES" });
    };
    const disk = { ...fs, mkdirSync: denied };
    await expect(writePackage(folder, first, { ...facts, disk })).rejects.toThrow(
      `Cannot write to ${folder}: permission denied`,
    );
  });

  it.skipIf(process.getuid?.() === 0)("names a folder without write permission", async () => {
    const folder = temporaryFolder();
    fs.chmodSync(folder, 0o500);
    onTestFinished(() => fs.chmodSync(folder, 0o700));
    await expect(writePackage(folder, first, facts)).rejects.toThrow(/permission denied/);
  });
});

describe("paths", () => {
  it.each([
    ["", "empty"],
    ["/etc/x", "absolute"],
    ["C:/x", "absolute"],
    ["../x", "segment"],
    ["a/../x", "segment"],
    ["a//x", "segment"],
    ["./x", "segment"],
    ["a\\x", "backslash"],
    ["a\0", "NUL"],
    ["clientsmith.json", "own"],
    ["ClientSmith.json", "only by case from clientsmith.json"],
    [".clientsmith-stage/x", "own"],
    ["SRC/B.ts", "only by case from src/b.ts"],
    ["src/b.ts/x", "src/b.ts is a file"],
  ])("rejects %j", async (path, message) => {
    const folder = temporaryFolder();
    await expect(
      writePackage(folder, new Map([...first, [path, ""]]), { ...facts, force: true }),
    ).rejects.toMatchObject({
      problems: [{ path, message: expect.stringContaining(message) }],
    });
    expect(contents(folder)).toEqual({});
  });

  it("rejects symbolic links that lead out, and follows those that stay", async () => {
    const parent = temporaryFolder();
    const folder = join(parent, "out");
    fs.mkdirSync(join(parent, "outside"));
    fs.mkdirSync(join(folder, "inside"), { recursive: true });
    fs.symlinkSync("../outside", join(folder, "src"));
    await expect(writePackage(folder, first, { ...facts, force: true })).rejects.toMatchObject({
      problems: [
        { path: "src/b.ts", message: expect.stringContaining("src is a symbolic link") },
        { path: "src/a/one.ts" },
      ],
    });
    expect(contents(join(parent, "outside"))).toEqual({});
    fs.rmSync(join(folder, "src"));
    fs.symlinkSync("inside", join(folder, "src"));
    await writePackage(folder, first, facts);
    expect(contents(folder)["inside/b.ts"]).toBe("b1");
  });
});
