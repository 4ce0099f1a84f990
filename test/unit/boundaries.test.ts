import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { errorFields } from "#generator/ir/reserved.js";
import * as codegen from "#runtime/codegen/v1.js";
import { reservedFields, ServiceError } from "#runtime/errors/service.js";
import * as awsJson from "#runtime/protocols/awsJson/index.js";
import { codegenSymbols } from "#runtime/symbols.js";
import { root } from "../support/shared.js";

/** Every module that the sources below a folder import, as they name it. */
function imports(folder: string): { file: string; from: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const file = join(root, folder, name);
      const text = readFileSync(file, "utf8");
      const found = text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()"([^"]+)"/g);
      return [...found].map((match) => ({ file: relative(root, file), from: match[1] ?? "" }));
    });
}

describe("who imports whom", () => {
  it("generated code imports the runtime by the doors made for it", () => {
    const found = imports("generated/cloudtrail/src").filter(({ from }) => !from.startsWith("."));
    expect(found.length).toBeGreaterThan(0);
    const doors = /^@clientsmith\/runtime\/(codegen\/v1|(protocols|features|auth)\/[\w-]+)$/;
    const others = found.filter(({ from }) => !doors.test(from));
    // The classic service object stands on a subpath of its own.
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

describe("the table of symbols", () => {
  it("lists every function and class that generated code may import, and none that is not there", () => {
    const values = Object.entries(codegenSymbols).filter(([, symbol]) => !symbol.typeOnly);
    const byDoor = (door: string) =>
      values
        .filter(([, symbol]) => symbol.from === door)
        .map(([name]) => name)
        .toSorted();
    expect(byDoor("codegen/v1")).toEqual(Object.keys(codegen).toSorted());
    expect(byDoor("protocols/awsJson")).toEqual(Object.keys(awsJson).toSorted());
  });
});

describe("names that members of an error cannot have", () => {
  it("are those of the runtime's errors, in both halves", () => {
    expect([...errorFields].toSorted()).toEqual([...reservedFields].toSorted());
    const fields = new Set<string>();
    const error: object = new ServiceError({ $metadata: { attempts: 1, totalRetryDelay: 0 } });
    for (let owner: object | null = error; owner; owner = Object.getPrototypeOf(owner) as object | null) {
      for (const name of Object.getOwnPropertyNames(owner)) fields.add(name);
    }
    // A modelled message is the error's own.
    fields.delete("message");
    expect([...fields].filter((name) => !reservedFields.has(name))).toEqual([]);
    expect(fields).toContain("explain");
  });
});
