import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Draft, id } from "../../unit/generator/diff/support/lake.js";
import { workplace } from "./support/harness.js";
import { pondModel } from "./support/model.js";
import { npm } from "../../support/npm.js";

describe("usage", () => {
  it.each([
    [["genrate"], "Unknown command genrate. Did you mean generate?"],
    [["frobnicate"], "Unknown command frobnicate."],
    [["generate", "a.json", "--ovrlay", "x"], "Unknown option --ovrlay of generate. Did you mean --overlay?"],
    [["validate", "a.json", "--out", "x"], "Unknown option --out of validate."],
    [["generate", "a.json", "--__proto__"], "Unknown option --__proto__ of generate."],
    [["generate", "a.json", "-x"], "Unknown option -x of generate."],
    [["--chek"], "Unknown option --chek."],
    [["generate", "--out", "x"], "generate requires a model: clientsmith generate MODEL... --out DIR."],
    [["generate", "a.json"], "generate requires --out DIR, the output folder."],
    [["generate", "a.json", "--out"], "--out needs a value: --out DIR."],
    [["generate", "a.json", "--out", "--check"], "--out needs a value: --out DIR."],
    [["generate", "a.json", "--out", "x", "--out", "y"], "--out is repeated; it takes one value."],
    [["generate", "a.json", "--out", "x", "--check=no"], "--check takes no value."],
    [["generate", "a.json", "--out", "x", "--jobs", "0"], "--jobs requires an integer from 1 to 9999, not 0."],
    [["generate", "a.json", "--out", "x", "--check", "--force"], "--check and --force cannot be combined."],
    [["generate", "a", "b", "--out", "x", "--package", "p"], "--package requires a single model, not 2."],
    [
      ["generate", "a", "--out", "x", "--package", "Bad Name"],
      '--package "Bad Name" has capital letters, which npm does not allow in a package name.',
    ],
    [
      ["generate", "a", "--out", "x", "--package", "@scope/.hidden"],
      '--package "@scope/.hidden" has a part that starts with a dot or an underscore.',
    ],
    [
      ["generate", "a", "--out", "x", "--package", "node_modules"],
      '--package "node_modules" is a name that npm reserves.',
    ],
    ...["../x", "a/b", "a b", "@/a", "@a/", "a\nb", "ü", "@a/b/c"].map((name): [string[], string] => [
      ["generate", "a", "--out", "x", "--package", name],
      name.startsWith("..")
        ? `--package "${name}" has a part that starts with a dot or an underscore.`
        : `--package ${JSON.stringify(name)} is not an npm package name: use lowercase letters, digits, hyphens, dots and underscores, as in @scope/name.`,
    ]),
    [
      ["generate", "a", "--out", "x", "--package", "a".repeat(215)],
      `--package "${"a".repeat(215)}" is longer than the 214 characters that npm allows.`,
    ],
    [["validate", "a", "b", "--service", "a#S"], "--service requires a single model, not 2."],
    [["validate"], "validate requires a model: clientsmith validate MODEL..."],
    [["inspect", "a", "b"], "inspect requires one model: clientsmith inspect MODEL."],
  ])("%j is wrong, and the message states why", async (argv, message) => {
    const { code, stdout, stderr } = await workplace().run(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(`${message}\nRun clientsmith --help for usage.\n`);
  });

  it("--help shows the commands with examples, and each command its options", async () => {
    const { run } = workplace();
    const all = await run("--help");
    expect(all).toMatchObject({ code: 0, stderr: "" });
    for (const part of [
      "generate MODEL",
      "validate MODEL",
      "inspect MODEL",
      "convert FILE",
      "Examples:",
      "Exit code",
    ]) {
      expect(all.stdout).toContain(part);
    }
    const { stdout } = await run("generate", "-h");
    for (const option of ["out DIR", "service ID", "package NAME", "overlay FILE", "plugin MODULE", "jobs N"]) {
      expect(stdout).toContain(`--${option}`);
    }
    for (const option of ["check", "dry-run", "force", "help", "version"]) expect(stdout).toContain(`--${option} `);
  });

  it("--version is the package's", async () => {
    const { version } = JSON.parse(fs.readFileSync("generator/package.json", "utf8")) as { version: string };
    expect(await workplace().run("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("generate", () => {
  it("takes license and repository from the project that the package is written into", async () => {
    const { run, put, folder } = workplace();
    const manifestOf = (path: string): unknown =>
      JSON.parse(fs.readFileSync(join(folder, path, "package.json"), "utf8"));
    const repository = { type: "git", url: "git+https://git.test/fish/pond.git", directory: "js" };
    put("pond.json", pondModel());
    put("package.json", { license: "MIT", repository });
    const projects = {
      url: { repository: "https://git.test/fish/inner.git" },
      short: { repository: "github:a/b" },
      bare: {},
    };
    for (const [name, manifest] of Object.entries(projects)) {
      fs.mkdirSync(join(folder, name));
      put(`${name}/package.json`, manifest);
    }
    for (const out of ["clients/pond", "url/pond", "short/pond", "bare/pond"])
      await run("generate", "pond.json", "--out", out);
    expect(manifestOf("clients/pond")).toMatchObject({
      license: "MIT",
      repository: { ...repository, directory: "js/clients/pond" },
    });
    expect(manifestOf("url/pond")).toMatchObject({
      license: "UNLICENSED",
      repository: { type: "git", url: "https://git.test/fish/inner.git", directory: "pond" },
    });
    expect(manifestOf("short/pond")).toMatchObject({ repository: "github:a/b" });
    expect(manifestOf("bare/pond")).toMatchObject({ license: "UNLICENSED" });
    expect(manifestOf("bare/pond")).not.toHaveProperty("repository");
    expect((await run("generate", "pond.json", "--out", "clients/pond", "--check")).code).toBe(0);
  });

  it("keeps the version of a package that npm has raised", async () => {
    const { run, put, folder } = workplace();
    const file = join(folder, "out/package.json");
    put("pond.json", pondModel());
    await run("generate", "pond.json", "--out", "out");
    const text = fs.readFileSync(file, "utf8");
    expect(text).toContain('"version": "0.1.0"');
    npm(join(folder, "out"), "version", "1.2.0", "--no-git-tag-version");
    const raised = fs.readFileSync(file, "utf8");
    expect(raised).toBe(text.replace("0.1.0", "1.2.0"));
    expect((await run("generate", "pond.json", "--out", "out")).stdout).toMatch(
      /^changed clientsmith\.json\n1 file written/,
    );
    expect(fs.readFileSync(file, "utf8")).toBe(raised);
    expect((await run("generate", "pond.json", "--out", "out", "--check")).code).toBe(0);
  });

  it("reports what it wrote, under the package name and with the plugin's files", async () => {
    const { run, put, folder } = workplace();
    put("pond.json", pondModel());
    put("plugin.mjs", `export const emitters = [(ir) => [{ path: "EXTRA.md", text: ir.sdkId }]];`);
    const ran = await run(
      "generate",
      "pond.json",
      "--out",
      "out",
      "--package",
      "pond-client",
      "--plugin",
      "plugin.mjs",
    );
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toMatch(
      /^added EXTRA\.md\n(added \S+\n)+\d+ files written, 0 unchanged, 0 removed in \d+\.\d s\n$/,
    );
    const manifest = JSON.parse(fs.readFileSync(join(folder, "out/package.json"), "utf8")) as { name: string };
    expect(manifest.name).toBe("pond-client");
    expect(fs.existsSync(join(folder, "out/EXTRA.md"))).toBe(true);
  });

  it("counts rather than lists more than 20 files", async () => {
    const { run, put } = workplace();
    put("pond.json", pondModel({ operations: Array.from({ length: 20 }, (_, index) => `Act${index}`) }));
    const { stdout } = await run("generate", "pond.json", "--out", "out");
    expect(stdout).toMatch(/^added \d+ files\n\d+ files written/);
  });

  it.each([
    ["missing.mjs", undefined, /unusable-plugin: The plugin missing\.mjs cannot be loaded/],
    [
      "empty.mjs",
      "export {};",
      /unusable-plugin: The plugin empty\.mjs exports none of protocols, authSchemes, features, customizations, traits, emitters\./,
    ],
    [
      "broken.mjs",
      `export const emitters = [() => { throw new Error("plugin bug"); }];`,
      /generator-failed: .*plugin bug/,
    ],
  ])("fails on the plugin %s and writes nothing", async (name, source, message) => {
    const { run, put, folder } = workplace();
    put("pond.json", pondModel());
    if (source !== undefined) put(name, source);
    const { code, stderr } = await run("generate", "pond.json", "--out", "out", "--plugin", name);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(fs.existsSync(join(folder, "out"))).toBe(false);
  });

  it("writes several models to a folder each; a malformed one fails alone and is named", async () => {
    const { run, put, folder } = workplace();
    put("pond.json", pondModel());
    put("lake.json", pondModel({ sdkId: "Lake" }));
    put("bad.json", "{ not json");
    const { code, stdout, stderr } = await run(
      "generate",
      "pond.json",
      "bad.json",
      "lake.json",
      "--out",
      "out",
      "--jobs",
      "1",
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bad\.json:1/);
    expect(stdout).toMatch(
      /^pond\.json: added \d+ files\nlake\.json: added \d+ files\n.*; 1 of 3 models failed: bad\.json\n$/,
    );
    expect(fs.readdirSync(join(folder, "out")).toSorted()).toEqual(["lake", "quiet-pond"]);
  });

  it("does not write two models to one folder", async () => {
    const { run, put } = workplace();
    put("a.json", pondModel());
    put("b.json", pondModel());
    const { code, stderr } = await run("generate", "a.json", "b.json", "--out", "out", "--jobs", "1");
    expect(code).toBe(1);
    expect(stderr).toMatch(/b\.json: .*quiet-pond is already the output of a\.json/);
  });

  it("names an output that is a file, and a model that does not exist", async () => {
    const { run, put, folder } = workplace();
    put("pond.json", pondModel());
    put("out", "a file");
    const blocked = await run("generate", "pond.json", "--out", "out");
    expect(blocked.code).toBe(1);
    expect(blocked.stderr).toBe(`pond.json: ${join(folder, "out")} is a file; --out must be a folder.\n`);
    const missing = await run("generate", "none.json", "--out", "x");
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^none\.json error unreadable-file: .*ENOENT/),
    });
  });
});

describe("validate", () => {
  it("passes a good model", async () => {
    const { run, put } = workplace();
    put("pond.json", pondModel());
    expect(await run("validate", "pond.json")).toEqual({ code: 0, stdout: "0 errors, 0 warnings\n", stderr: "" });
  });

  it("reports every problem with severity, code, shape and location", async () => {
    const { run, put } = workplace();
    const model = JSON.stringify(pondModel(), undefined, 2).replaceAll("smithy.api#Integer", "example.pond#Missing");
    put("pond.json", model);
    const { code, stdout, stderr } = await run("validate", "pond.json");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "1 error, 0 warnings\n" });
    const line = model.slice(0, model.indexOf("example.pond#Missing")).split("\n").length;
    expect(stderr).toMatch(new RegExp(`^pond\\.json:${line}(:\\d+)? error [a-z-]+ example\\.pond#Frog\\$weight: `));
  });
});

describe("validate, of a model with errors of several phases", () => {
  it("reports all of them at once", async () => {
    const { run, put } = workplace();
    const lake = new Draft();
    const service = lake.shape("Lake")["traits"] as Record<string, unknown>;
    // A target that does not exist, a protocol that is not supported, endpoint rules and a waiter that cannot be compiled.
    lake.members("PutBoatRequest")["Crew"] = { target: id("Missing") };
    delete service["aws.protocols#restJson1"];
    service["example.lake#morse"] = {};
    lake.shapes[id("morse")] = {
      type: "structure",
      members: {},
      traits: { "smithy.api#protocolDefinition": {}, "smithy.api#trait": {} },
    };
    service["smithy.rules#endpointRuleSet"] = {
      version: "1.0",
      parameters: { Region: { type: "string", builtIn: "AWS::Region", required: true } },
      rules: [{ type: "endpoint", conditions: [{ fn: "unheardOf", argv: [] }], endpoint: { url: "https://a" } }],
    };
    const waiters = lake.traits("GetBoat")["smithy.waiters#waitable"] as Record<
      string,
      { acceptors: { matcher: object }[] }
    >;
    const [acceptor] = waiters["BoatAfloat"]?.acceptors ?? [];
    if (acceptor) acceptor.matcher = { output: { path: "Boat.Sails", expected: "1", comparator: "stringEquals" } };
    put("lake.json", lake.text());
    const { code, stderr } = await run("validate", "lake.json");
    expect(code).toBe(1);
    const codes = stderr.split("\n").flatMap((line) => / (?:error|warning) ([a-z-]+)/.exec(line)?.[1] ?? []);
    expect(codes.toSorted()).toEqual([
      "dangling-target",
      "endpoint-rules-invalid",
      "unsupported-protocol",
      "unusable-waiter",
    ]);
  });
});

/** The pond, and another service with an operation of it. */
function twoServices(): object {
  const pond = pondModel() as { readonly shapes: object };
  const lake = {
    type: "service",
    version: "1",
    operations: [{ target: "example.pond#Watch" }],
    traits: {
      "aws.api#service": { sdkId: "Deep Lake" },
      "aws.auth#sigv4": { name: "lake" },
      "aws.protocols#awsJson1_1": {},
    },
  };
  return { ...pond, shapes: { ...pond.shapes, "example.pond#Lake": lake } };
}

describe("a model of several services", () => {
  it("is validated service for service, by the option that the message names", async () => {
    const { run, put } = workplace();
    put("two.json", twoServices());
    const unclear = await run("validate", "two.json");
    expect(unclear.code).toBe(1);
    expect(unclear.stderr).toContain("Choose one with --service");
    for (const service of ["example.pond#Pond", "example.pond#Lake"]) {
      expect(await run("validate", "two.json", "--service", service)).toEqual({
        code: 0,
        stdout: "0 errors, 0 warnings\n",
        stderr: "",
      });
    }
  });
});

describe("inspect", () => {
  it("reports what a model holds and what is not supported", async () => {
    const { run, put } = workplace();
    const waiter = (matcher: object) => ({ acceptors: [{ state: "success", matcher }] });
    const nowhere = { output: { path: "nowhere", comparator: "stringEquals", expected: "x" } };
    const waitable = { PondCalm: waiter({ success: true }), PondGone: waiter(nowhere) };
    put("pond.json", pondModel({ operationTraits: { "smithy.waiters#waitable": waitable }, operations: ["Watch"] }));
    const { code, stdout, stderr } = await run("inspect", "pond.json");
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /warning unusable-waiter example\.pond#Watch: The waiter PondGone is left out: in acceptor 1/,
    );
    for (const part of [
      /Service +Quiet Pond \(example\.pond#Pond\), version 2024-05-01/,
      /Protocol +aws\.protocols#awsJson1_1/,
      /Auth +aws\.auth#sigv4, signing name pond/,
      /Operations +1\n +Watch\n/,
      /Waiters +1\n +PondCalm: Watch\n/,
      /Everything is supported\n/,
    ]) {
      expect(stdout).toMatch(part);
    }
  });

  it("says of an operation that it only reads, or that it can be repeated", async () => {
    const { run, put } = workplace();
    put("read.json", pondModel({ operations: ["Watch"], operationTraits: { "smithy.api#readonly": {} } }));
    put("repeat.json", pondModel({ operations: ["Feed"], operationTraits: { "smithy.api#idempotent": {} } }));
    expect((await run("inspect", "read.json")).stdout).toContain("  Watch (readonly)\n");
    expect((await run("inspect", "repeat.json")).stdout).toContain("  Feed (idempotent)\n");
  });

  it("takes one of several services by its id", async () => {
    const { run, put } = workplace();
    put("two.json", twoServices());
    const { code, stdout } = await run("inspect", "two.json", "--service", "example.pond#Lake");
    expect(code).toBe(0);
    expect(stdout.match(/^Service .*$/gm)).toEqual(["Service     Deep Lake (example.pond#Lake), version 1"]);
    const none = await run("inspect", "two.json", "--service", "example.pond#Sea");
    expect(none.code).toBe(1);
    expect(none.stderr).toContain("The model has no service example.pond#Sea");
  });

  it("fails on a model that it cannot read", async () => {
    const { run, put } = workplace();
    put("bad.json", "[]");
    expect(await run("inspect", "bad.json")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("bad.json"),
    });
  });
});

describe("colours", () => {
  it("are for terminals, unless NO_COLOR states otherwise", async () => {
    const { run, runOnTerminal } = workplace();
    expect((await run("nope")).stderr).not.toContain("\u001b");
    expect((await runOnTerminal({}, "nope")).stderr).toContain("\u001b[31m");
    expect((await runOnTerminal({ NO_COLOR: "1" }, "nope")).stderr).not.toContain("\u001b");
  });
});
