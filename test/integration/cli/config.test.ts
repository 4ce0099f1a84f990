import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { workplace } from "./support/harness.js";
import { pondModel } from "./support/model.js";

function place(config: unknown, name = "clientsmith.config.json") {
  const work = workplace();
  work.put("pond.json", pondModel());
  work.put("lake.json", pondModel({ sdkId: "Lake" }));
  work.put(name, config);
  const has = (path: string): boolean => fs.existsSync(join(work.folder, path));
  const packageName = (path: string): unknown =>
    (JSON.parse(fs.readFileSync(join(work.folder, path, "package.json"), "utf8")) as { name: unknown }).name;
  return { ...work, has, packageName };
}

const two = {
  defaults: { outputs: "optional" },
  clients: [
    { model: "pond.json", out: "clients/pond", package: "my-pond" },
    { model: "lake.json", out: "clients/lake", operations: ["Wat*"] },
  ],
};

describe("a config file", () => {
  it("reports which clients generate writes, each where and as it should be", async () => {
    const { run, has, packageName, folder } = place(two);
    const ran = await run("generate", "--jobs", "1");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(["clients/pond", "clients/lake"].map(packageName)).toEqual(["my-pond", "@clientsmith/lake"]);
    expect(has("clients/lake/src/operations/watch.ts")).toBe(true);
    expect(has("clients/lake/src/operations/feed.ts")).toBe(false);
    expect(fs.readFileSync(join(folder, "clients/pond/clientsmith.facts.json"), "utf8")).toContain(
      '"outputs": "optional"',
    );
    expect((await run("generate", "--jobs", "1", "--check")).code).toBe(0);
  });

  it("says the rest of a client whose model is named, and options win over it", async () => {
    const { run, has, packageName, folder } = place(two);
    await run("generate", "pond.json", "--package", "other", "--outputs", "modelled");
    expect(packageName("clients/pond")).toBe("other");
    expect(has("clients/lake")).toBe(false);
    expect(fs.readFileSync(join(folder, "clients/pond/clientsmith.facts.json"), "utf8")).toContain(
      '"outputs": "modelled"',
    );
    await run("generate", "lake.json", "--out", "elsewhere");
    expect(has("elsewhere/src/operations/watch.ts")).toBe(true);
  });

  it("names emitters, for all clients and for one, and --emit replaces them", async () => {
    const config = {
      defaults: { emit: ["standard-schema"] },
      clients: [{ model: "pond.json", out: "pond", emit: ["standard-schema"] }],
    };
    const { run, has } = place(config);
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(has("pond/src/standard-schema.ts")).toBe(true);
    await run("generate", "lake.json", "--out", "lake");
    expect(has("lake/src/standard-schema.ts")).toBe(true);
    const missing = await run("generate", "--emit", "standard-schem");
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.stderr).toContain("--emit: There is no emitter standard-schem. Did you mean standard-schema?");
  });

  it("is found from a folder below it, and its paths are its own", async () => {
    const { run, folder, has } = place(two);
    fs.mkdirSync(join(folder, "deep/er"), { recursive: true });
    const { main } = await import("#generator/cli/main.js");
    let shown = "";
    const sink = { write: (text: string) => (shown += text) };
    const code = await main(["generate", "--jobs", "1"], {
      stdout: sink,
      stderr: sink,
      cwd: join(folder, "deep/er"),
      env: {},
      isTTY: false,
    });
    expect({ code, shown }).toEqual({ code: 0, shown: expect.stringContaining("../../pond.json: added") });
    expect(has("clients/pond/package.json")).toBe(true);
    expect((await run("validate")).stdout).toBe("0 errors, 0 warnings\n");
  });

  it("lets inspect and diff do without arguments", async () => {
    const { run, put } = place({ clients: [{ model: "pond.json", out: "pond" }] });
    expect((await run("inspect")).stdout).toContain("example.pond#Pond");
    await run("generate");
    expect((await run("diff")).stdout).toBe("Verdict: none. Both are the same model.\n");
    put("pond.json", pondModel({ operations: ["Feed"] }));
    expect((await run("diff", "--fail-on", "major")).code).toBe(1);
  });

  it("reads models of installed packages", async () => {
    const { run, has, folder } = place({ clients: [{ model: { package: "@x/models", path: "p.json" }, out: "pond" }] });
    fs.mkdirSync(join(folder, "node_modules/@x/models"), { recursive: true });
    fs.copyFileSync(join(folder, "pond.json"), join(folder, "node_modules/@x/models/p.json"));
    expect((await run("generate")).code).toBe(0);
    expect(has("pond/package.json")).toBe(true);
  });

  const typescript = `
    import { join } from "node:path";
    const client: { readonly model: string; readonly out: string } = { model: "pond.json", out: join("out", "pond") };
    export default { clients: [client] };
  `;

  it.each([
    ["clientsmith.config.js", `export default { clients: [{ model: "pond.json", out: "out/pond" }] };`],
    ["clientsmith.config.ts", typescript],
  ])("may be %s", async (name, text) => {
    const { run, has } = place(text, name);
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(has("out/pond/package.json")).toBe(true);
  });

  it("may be TypeScript where Node does not run it, and leaves no file behind", async () => {
    const native = Object.getOwnPropertyDescriptor(process.features, "typescript");
    Object.defineProperty(process.features, "typescript", { ...native, get: () => false, configurable: true });
    onTestFinished(() => {
      if (native) Object.defineProperty(process.features, "typescript", native);
      else Reflect.deleteProperty(process.features, "typescript");
    });
    const { run, has, folder } = place(typescript, "clientsmith.config.ts");
    expect(await run("generate")).toMatchObject({ code: 0, stderr: "" });
    expect(has("out/pond/package.json")).toBe(true);
    expect(fs.readdirSync(folder).toSorted()).toEqual(["clientsmith.config.ts", "lake.json", "out", "pond.json"]);
  });

  it("that is wrong is reported with every problem, unknown keys with the nearest", async () => {
    const { run, folder } = place({
      defaults: { output: "optional" },
      client: [],
      clients: [
        { model: "pond.json", ovrlays: [] },
        { model: 1, out: "x", outputs: "closed", emit: ["json-shema"] },
      ],
    });
    const { code, stderr } = await run("generate");
    expect(code).toBe(1);
    const file = join(folder, "clientsmith.config.json");
    expect(stderr.replaceAll(`${file}: `, "").trim().split("\n")).toEqual([
      "Unknown key client. Did you mean clients?",
      "Unknown key defaults.output. Did you mean outputs?",
      "Unknown key clients[0].ovrlays. Did you mean overlays?",
      "clients[0].out is missing.",
      'clients[1].model must be a path, or an object with "package" and "path".',
      'clients[1].outputs must be "modelled" or "optional".',
      "clients[1].emit: There is no emitter json-shema. Did you mean json-schema?",
    ]);
  });

  it.each([
    [["Feed"], ["feed"]],
    [["*e*"], ["feed"]],
    [["!Feed"], ["watch"]],
    [["*", "!W*"], ["feed"]],
  ])("keeps the operations %j", async (operations, kept) => {
    const { run, folder } = place({ clients: [{ model: "pond.json", out: "pond", operations }] });
    expect((await run("generate")).code).toBe(0);
    expect(fs.readdirSync(join(folder, "pond/src/operations"))).toEqual(kept.map((name) => `${name}.ts`));
  });

  it("reports which pattern of operations names none", async () => {
    const { run } = place({ clients: [{ model: "pond.json", out: "pond", operations: ["Feed", "Watc"] }] });
    const { code, stderr } = await run("generate");
    expect(code).toBe(1);
    expect(stderr).toContain("no-such-operation example.pond#Pond: No operation is named Watc. Did you mean Watch?");
  });
});

describe("init", () => {
  it("writes a config for the models and packages of the folder", async () => {
    const { run, put, folder } = workplace();
    fs.mkdirSync(join(folder, "models"));
    put("models/pond.json", pondModel());
    put("models/lake.json", pondModel({ sdkId: "Lake" }));
    put("tsconfig.json", "{ /* not JSON */ }");
    await run("generate", "models/pond.json", "--out", "packages/pond", "--package", "my-pond");
    const ran = await run("init");
    expect(ran).toEqual({
      code: 0,
      stdout:
        "clientsmith.config.json: 2 clients\n  models/lake.json to generated/lake\n  models/pond.json to packages/pond\n",
      stderr: "",
    });
    expect(JSON.parse(fs.readFileSync(join(folder, "clientsmith.config.json"), "utf8"))).toEqual({
      clients: [
        { model: "models/lake.json", out: "generated/lake" },
        { model: "models/pond.json", out: "packages/pond", package: "my-pond" },
      ],
    });
    expect((await run("generate", "models/pond.json", "--check")).code).toBe(0);
    expect(await run("init")).toMatchObject({ code: 1, stderr: expect.stringContaining("is there already") });
  });

  it.each([
    [true, "clientsmith.config.ts"],
    [false, "clientsmith.config.js"],
  ])("writes a module where clientsmith is installed (TypeScript: %s)", async (isTypeScript, name) => {
    const { run, put, folder } = workplace();
    put("pond.json", pondModel());
    if (isTypeScript) put("tsconfig.json", {});
    fs.mkdirSync(join(folder, "node_modules/clientsmith"), { recursive: true });
    put("node_modules/clientsmith/package.json", { name: "clientsmith" });
    expect((await run("init")).stdout).toContain(`${name}: 1 client\n`);
    expect(fs.readFileSync(join(folder, name), "utf8")).toBe(`import { defineConfig } from "clientsmith";

export default defineConfig({
  clients: [
    {
      model: "pond.json",
      out: "generated/quiet-pond",
    },
  ],
});
`);
  });
});
