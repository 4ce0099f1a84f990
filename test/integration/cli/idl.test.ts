import fs from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";
import { workplace } from "./support/harness.js";

const cloudtrail = join(root, "model/cloudtrail.json");

/** A service of two files, one of which names the other's shapes. */
const main = `$version: "2.0"
namespace example.pond
use aws.protocols#restJson1
use example.frogs#Frog

@restJson1
service Pond { version: "1", operations: [Feed] }

@http(method: "POST", uri: "/feed")
operation Feed {
    input := { @required frog: Frog }
}
`;
const frogs = '$version: "2.0"\nnamespace example.frogs\nstructure Frog { name: String }\n';

function place(): ReturnType<typeof workplace> & { readonly add: (name: string, content: unknown) => void } {
  const work = workplace();
  const add = (name: string, content: unknown): void => {
    fs.mkdirSync(dirname(join(work.folder, name)), { recursive: true });
    work.put(name, content);
  };
  return { ...work, add };
}

const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => fs.statSync(join(folder, path)).isFile() && path !== "clientsmith.json")
      .map((path) => [path, fs.readFileSync(join(folder, path), "utf8")]),
  );

describe("clientsmith convert", () => {
  it("writes a model as IDL, from which the same client is generated", async () => {
    const { run, folder } = place();
    const converted = await run("convert", cloudtrail, "--out", "idl/cloudtrail.smithy");
    expect(converted).toMatchObject({ code: 0, stderr: "" });
    expect(converted.stdout).toMatch(/^wrote idl\/cloudtrail\.smithy: \d+ lines\n$/);
    await run("generate", cloudtrail, "--out", "json-client");
    const generated = await run("generate", "idl/cloudtrail.smithy", "--out", "idl-client");
    expect(generated).toMatchObject({ code: 0, stderr: "" });
    expect(filesIn(join(folder, "idl-client"))).toEqual(filesIn(join(folder, "json-client")));
  }, 60_000);

  it("writes IDL as JSON AST, which is a model", async () => {
    const { run, add, folder } = place();
    add("main.smithy", main);
    add("frogs.smithy", frogs);
    expect(await run("convert", "main.smithy", "frogs.smithy", "--out", "model.json")).toMatchObject({
      code: 0,
      stderr: "",
    });
    const { shapes } = JSON.parse(fs.readFileSync(join(folder, "model.json"), "utf8")) as { shapes: object };
    expect(Object.keys(shapes)).toEqual([
      "example.pond#Pond",
      "example.pond#FeedInput",
      "example.pond#Feed",
      "example.frogs#Frog",
    ]);
    expect(await run("validate", "model.json")).toMatchObject({ code: 0, stdout: "0 errors, 0 warnings\n" });
    const asIdl = await run("convert", "model.json", "--out", "again");
    expect(asIdl.stdout).toBe("wrote again/example.pond.smithy: 20 lines\nwrote again/example.frogs.smithy: 7 lines\n");
    await run("convert", "again", "--out", "again.json");
    expect(JSON.parse(fs.readFileSync(join(folder, "again.json"), "utf8"))).toEqual({
      ...JSON.parse(fs.readFileSync(join(folder, "model.json"), "utf8")),
    });
  });

  it("reports every problem at its location and writes nothing", async () => {
    const { run, add, folder } = place();
    add("main.smithy", `${main}\nstructur X {}\n\nstring 1\n`);
    const { code, stdout, stderr } = await run("convert", "main.smithy", "--out", "model.json");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.split("\n").map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
      "main.smithy:4:5 warning unknown-use",
      "main.smithy:14:1 error unknown-shape-type:",
      "main.smithy:16:8 error invalid-syntax:",
      "",
    ]);
    expect(fs.existsSync(join(folder, "model.json"))).toBe(false);
  });

  it.each([
    [["convert"], "convert requires files: clientsmith convert FILE... --out FILE."],
    [["convert", "main.smithy"], "convert requires --out: FILE.json, FILE.smithy or a folder for IDL."],
    [
      ["convert", "main.smithy", "--out", "x.smithy"],
      "convert can only write IDL for JSON files. Convert IDL to JSON with --out FILE.json.",
    ],
    [
      ["convert", "two.json", "--out", "./two.json"],
      "--out ./two.json is one of the files to convert; use another name.",
    ],
    [
      ["convert", "two.json", "--out", "x.smithy"],
      "The model has 2 namespaces (a, b), a file of IDL has one: pass a folder as --out.",
    ],
  ])("%j is wrong usage", async (argv, message) => {
    const { run, add } = place();
    add("main.smithy", main);
    add("two.json", { smithy: "2.0", shapes: { "a#X": { type: "string" }, "b#X": { type: "string" } } });
    const { code, stderr } = await run(...argv);
    expect(code).toBe(2);
    expect(stderr).toBe(`${message}\nRun clientsmith --help for usage.\n`);
  });
});

describe("files of Smithy IDL", () => {
  it.each([
    ["files", ["model/main.smithy", "model/frogs.smithy"]],
    ["a folder", ["model"]],
    ["a file and a folder, with JSON among them", ["model/main.smithy", "more"]],
  ])(
    "are one model together: %s",
    async (_name, paths) => {
      const { run, add } = place();
      add("model/main.smithy", main);
      if (paths.includes("more")) {
        add("more/deep/frogs.json", {
          smithy: "2.0",
          shapes: { "example.frogs#Frog": { type: "structure", members: { name: { target: "smithy.api#String" } } } },
        });
        add("more/package.json", { name: "no model" });
        add("more/node_modules/x/x.smithy", "broken");
      } else add("model/frogs.smithy", frogs);
      expect(await run("validate", ...paths)).toMatchObject({ code: 0, stdout: "0 errors, 0 warnings\n", stderr: "" });
      const { code, stdout } = await run("inspect", ...paths);
      expect(code).toBe(0);
      expect(stdout).toContain(
        "Service     Pond (example.pond#Pond), version 1\nProtocol    aws.protocols#restJson1\n",
      );
    },
    60_000,
  );

  it("are those that a smithy-build.json names, with those of npm packages", async () => {
    const { run, add } = place();
    add("model/main.smithy", main);
    add("node_modules/@example/frogs/package.json", { name: "@example/frogs" });
    add("node_modules/@example/frogs/smithy/frogs.smithy", frogs);
    add("smithy-build.json", {
      version: "1.0",
      sources: ["model"],
      npm: { dependencies: ["@example/frogs"] },
      maven: { dependencies: ["software.amazon.smithy:smithy-aws-traits:1.0"] },
    });
    for (const path of ["smithy-build.json", "."]) {
      const { code, stdout, stderr } = await run("validate", path);
      expect({ code, stdout }).toEqual({ code: 0, stdout: "0 errors, 0 warnings\n" });
      expect(stderr).toMatch(/^smithy-build\.json note maven-not-read: .*\n$/);
    }
    const generated = await run("generate", "smithy-build.json", "--out", "client", "--package", "@example/pond");
    expect(generated).toMatchObject({ code: 0 });
  }, 60_000);

  it("of later phases have their problems at their location", async () => {
    const { run, add } = place();
    add("main.smithy", main.replace("    input := {", '    input := { @required @pattern("(") bad: String,'));
    add("frogs.smithy", frogs);
    const { code, stderr } = await run("validate", "main.smithy", "frogs.smithy");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^main\.smithy:11:40 warning \S+ example\.pond#FeedInput\$bad: /);
  }, 60_000);

  it.each([
    ["a file that is not there", ["gone.smithy"], "gone.smithy error unreadable-file"],
    ["a folder without models", ["empty"], "empty error no-model-files"],
    ["a build file that is no JSON", ["broken/smithy-build.json"], "broken/smithy-build.json error invalid-build-file"],
    ["a source that is not there", ["lost/smithy-build.json"], "lost/smithy-build.json error invalid-build-file"],
    ["a package that is not there", ["npm"], "npm/smithy-build.json error invalid-build-file"],
  ])("%s is an error", async (_name, paths, expected) => {
    const { run, add } = place();
    add("empty/readme.json", { name: "x" });
    add("broken/smithy-build.json", "{");
    add("lost/smithy-build.json", { sources: ["gone"] });
    add("npm/smithy-build.json", { npm: { dependencies: ["@example/gone"] } });
    const { code, stderr } = await run("validate", ...paths);
    expect(code).toBe(1);
    expect(stderr).toContain(`${expected}: `);
  });
});
