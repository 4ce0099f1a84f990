import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { authSchemes as authSchemeTable } from "#generator/analyze/auth.js";
import { features as featureTable } from "#generator/analyze/features.js";
import { protocols as protocolTable } from "#generator/analyze/protocols.js";
import { errorFields } from "#generator/ir/reserved.js";
import * as codegen from "#runtime/codegen/v1.js";
import { ServiceError } from "#runtime/errors/service.js";
import { codegenSymbols } from "#runtime/symbols.js";
import { root } from "../support/shared.js";
import { imports } from "./support/imports.js";

describe("imports between packages", () => {
  it("generated code imports the runtime by its entry points", () => {
    const found = imports("generated/cloudtrail/src").filter(({ from }) => !from.startsWith("."));
    expect(found.length).toBeGreaterThan(0);
    const entryPoints = /^@clientsmith\/runtime\/(codegen\/v1|(protocols|features|auth)\/[\w-]+)$/;
    const others = found.filter(({ from }) => !entryPoints.test(from));
    // The classic service object is on a subpath of its own.
    expect(new Set(others.map(({ file, from }) => `${file}: ${from}`))).toEqual(
      new Set(["generated/cloudtrail/src/classic.ts: @clientsmith/runtime/classic"]),
    );
  });

  it("the generator imports the runtime's symbol table and descriptor types only", () => {
    const found = imports("generator/src").filter(({ from }) => /clientsmith\/|generated/.test(from));
    const allowed = /^@clientsmith\/runtime\/(symbols|codegen\/v1)$/;
    const others = found.filter(({ from }) => !allowed.test(from));
    // A client made at run time is what generated code would be, and comes in by the same doors.
    const runs = /^@clientsmith\/runtime\/(protocol|protocols\/\w+|classic)$/;
    expect(others.filter(({ file, from }) => !file.includes("/src/dynamic-client/") || !runs.test(from))).toEqual([]);
  });

  it("emitters that ship with the generator use the plug-in interface alone", () => {
    const folder = "generator/src/emitters";
    const emitters = readdirSync(join(root, folder), { withFileTypes: true }).filter((each) => each.isDirectory());
    expect(emitters.length).toBeGreaterThan(0);
    for (const { name } of emitters) {
      const sources = readdirSync(join(root, folder, name)).filter((file) => file.endsWith(".ts"));
      const files = sources.map((file) => join(root, folder, name, file));
      // Their texts contain import declarations of generated code.
      const found = files.flatMap((file) => ts.preProcessFile(readFileSync(file, "utf8")).importedFiles);
      // One may build on another, as a plug-in on a package.
      const own = /^(?:(?:\.|\.\.\/[\w-]+)\/[\w-]+\.js|node:\w+)$/;
      const outside = found
        .map(({ fileName }) => fileName)
        .filter((from) => !own.test(from) || from === "../../plugin.js");
      expect(new Set(outside)).toEqual(new Set(["../../plugin.js"]));
    }
  });

  it("the runtime imports neither, and undici in its adapters only", () => {
    const outside = imports("runtime/src").filter(({ from }) => !from.startsWith("."));
    expect(outside.filter(({ from }) => !/^(node:|undici|@smithy\/types$)/.test(from))).toEqual([]);
    expect(outside.filter(({ from, file }) => from.startsWith("undici") && !file.includes("/transport/"))).toEqual([]);
  });

  it("a call imports nothing of node:http: in Node 22 that loads the undici of Node", () => {
    const names = readdirSync(join(root, "runtime/src"), { recursive: true, encoding: "utf8" });
    const files = names.filter((name) => name.endsWith(".ts") && !name.startsWith("testing"));
    const importing = files.filter((name) =>
      /^import (?!type ).*from "node:https?"|import\("node:https?"\)[.)]/m.test(
        readFileSync(join(root, "runtime/src", name), "utf8"),
      ),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(importing).toEqual([]);
  });

  it("nothing loads the classic service object but its own subpath", () => {
    const runtime = imports("runtime/src").filter(({ file }) => !file.startsWith("runtime/src/classic/"));
    const generated = imports("generated/cloudtrail/src").filter(({ file }) => !file.endsWith("/classic.ts"));
    expect(runtime.length + generated.length).toBeGreaterThan(100);
    expect([...runtime, ...generated].filter(({ from }) => /(^|\/)classic(\/|\.js$|$)/.test(from))).toEqual([]);
  });

  it("the classic service object loads neither event streams nor presigned requests, which are parts", () => {
    const source = join(root, "runtime/src");
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(join(source, file), "utf8");
      const found = text.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)\.js";/gm);
      for (const [, from = ""] of found) visit(`${join(file, "..", from)}.ts`);
    };
    visit("classic/index.ts");
    expect(seen.size).toBeGreaterThan(100);
    const parts =
      /^(event-streams|presign)\/|^signing\/(presign|sign-event)|^classic\/(event-streams|presign)|event-stream/;
    expect([...seen].filter((file) => parts.test(file))).toEqual([]);
  });

  it("relative imports stay inside their package", () => {
    for (const folder of ["runtime", "generator", "generated/cloudtrail"]) {
      const found = imports(`${folder}/src`).filter(({ file, from }) => {
        if (!from.startsWith(".")) return false;
        return !join(root, file, "..", from).startsWith(join(root, folder) + "/");
      });
      expect(found).toEqual([]);
    }
  });
});

describe("a call", () => {
  /** What a file of the call path loads with `import()`. */
  const loaded = (file: string): string[] => {
    const text = readFileSync(join(root, "runtime/src/call", file), "utf8");
    return [...text.matchAll(/(?<!typeof )\bimport\("([^"]+)"\)/g)].map((match) => match[1] ?? "");
  };

  it("loads code only after a failure, for observers and for a logger", () => {
    const files = ["invoke.ts", "prepare.ts", "execute.ts", "attempt.ts"];
    expect(Object.fromEntries(files.map((file) => [file, [...new Set(loaded(file))].toSorted()]))).toEqual({
      "invoke.ts": ["../observe/observer.js", "../validate/input-error.js", "./explain.js", "./log.js"],
      "prepare.ts": ["../validate/input-error.js"],
      "execute.ts": ["./retry.js"],
      "attempt.ts": ["./error-response.js"],
    });
  });

  it("knows no feature and no auth scheme by its name", () => {
    const features = Object.values(codegenSymbols).map(({ from }) => from);
    const parts = features.filter((from) => /^(features|auth)\//.test(from)).map((from) => `../${from}.js`);
    const found = imports("runtime/src/call").filter(({ from }) => parts.includes(from));
    expect(parts.length).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });
});

describe("the table of symbols", () => {
  const values = Object.entries(codegenSymbols).filter(([, symbol]) => !symbol.typeOnly);
  const from = (module: string) => values.filter(([, symbol]) => symbol.from === module).map(([name]) => name);

  it("lists every function and class that generated code may import, and none that is not there", () => {
    expect(from("codegen/v1").toSorted()).toEqual(Object.keys(codegen).toSorted());
  });

  it.each(values)("%s is exported where the table states", async (name, symbol) => {
    const module = (await import(`@clientsmith/runtime/${symbol.from}`)) as Readonly<Record<string, unknown>>;
    expect(typeof module[symbol.name ?? name]).toMatch(/^(function|object)$/);
  });

  it("has a row for every module of features, auth schemes and protocols", () => {
    const src = join(root, "runtime/src");
    const modules = ["features", "auth"].flatMap((folder) =>
      readdirSync(join(src, folder))
        .filter((name) => name.endsWith(".ts"))
        .map((name) => `${folder}/${name.replace(/\.ts$/, "")}`),
    );
    const protocolFolders = readdirSync(join(src, "protocols"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("index.ts"))
      .map((name) => `protocols/${dirname(name)}`);
    const interfaces = ["auth/auth-scheme", "features/context", "features/feature"];
    const listed = new Set<string>(values.map(([, symbol]) => symbol.from));
    expect([...modules, ...protocolFolders].filter((module) => !listed.has(module)).toSorted()).toEqual(interfaces);
  });

  it.each(["awsJson", "awsQuery", "ec2Query", "restJson", "restXml", "rpcv2Cbor"])(
    "has a row for every protocol of protocols/%s",
    async (name) => {
      const exported = (await import(`@clientsmith/runtime/protocols/${name}`)) as object;
      expect(from(`protocols/${name}`).toSorted()).toEqual(Object.keys(exported).toSorted());
    },
  );

  it("has a row for everything that the generator's tables name", () => {
    const parts = [...featureTable, ...authSchemeTable, ...protocolTable];
    expect(parts.length).toBeGreaterThan(15);
    expect(parts.map(({ symbol }) => symbol).filter((symbol) => codegenSymbols[symbol]?.typeOnly !== false)).toEqual(
      [],
    );
    const options = authSchemeTable.flatMap((scheme) => scheme.options?.type ?? []);
    expect(options.filter((type) => codegenSymbols[type]?.typeOnly !== true)).toEqual([]);
  });
});

describe("names that members of an error cannot have", () => {
  it("are those of the runtime's errors, in both halves", () => {
    const fields = new Set(["cause"]);
    const error: object = new ServiceError({ $metadata: { attempts: 1, totalRetryDelay: 0 } });
    for (let owner: object | null = error; owner; owner = Object.getPrototypeOf(owner) as object | null) {
      for (const name of Object.getOwnPropertyNames(owner)) fields.add(name);
    }
    // A modelled message is the error's own.
    fields.delete("message");
    expect([...errorFields].toSorted()).toEqual([...fields].toSorted());
    expect(fields).toContain("explain");
  });
});
