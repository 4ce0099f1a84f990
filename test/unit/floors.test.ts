import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../support/shared.js";
import { circles, importsInside } from "./support/imports.js";

/**
 * The folders of the runtime, from the lowest floor to the highest: a folder imports from lower floors only, types included.
 * `schema` and `errors` share a floor: operations name error classes, and errors have descriptors.
 */
const floors: readonly (readonly string[])[] = [
  ["text", "time", "version"],
  ["schema", "errors"],
  ["signals"],
  ["streams"],
  ["signing", "validate"],
  ["checksums"],
  ["observe"],
  ["protocols"],
  ["retry"],
  ["endpoints"],
  ["event-streams"],
  ["config"],
  ["transport"],
  ["credentials"],
  ["features"],
  ["auth"],
  ["call"],
  ["client"],
  ["operations", "presign"],
  ["codegen"],
  ["classic", "testing", "interop"],
  ["mcp"],
];

/** Files beside the folders are entry points; the version is a constant that every floor may read. */
const entryPoints = ["index", "protocol", "symbols"];

const mayImportEachOther = new Set(["schema errors", "errors schema"]);

const folderOf = (file: string): string => file.split("/")[0] ?? "";

describe("the floors of the runtime", () => {
  it("are all of its folders and files", () => {
    const names = readdirSync(join(root, "runtime/src")).map((name) => name.replace(/\.ts$/, ""));
    expect([...floors.flat(), ...entryPoints].toSorted()).toEqual(names.toSorted());
  });

  it("import from lower floors only", () => {
    const floorOf = new Map(floors.flatMap((names, floor) => names.map((name) => [name, floor] as const)));
    const upward: string[] = [];
    let count = 0;
    for (const [file, targets] of importsInside("runtime/src")) {
      for (const target of targets) {
        const [from, to] = [folderOf(file), folderOf(target)];
        if (from === to || mayImportEachOther.has(`${from} ${to}`)) continue;
        count++;
        if ((floorOf.get(to) ?? Infinity) >= (floorOf.get(from) ?? Infinity)) upward.push(`${file} → ${target}`);
      }
    }
    expect(count).toBeGreaterThan(500);
    expect(upward).toEqual([]);
  });
});

describe("circles of imports between files, types included", () => {
  it("are found in a graph", () => {
    const graph = new Map([
      ["a", new Set(["b"])],
      ["b", new Set(["c", "d"])],
      ["c", new Set(["a"])],
      ["d", new Set(["e"])],
      ["f", new Set(["g"])],
      ["g", new Set(["f"])],
    ]);
    expect(circles(graph)).toEqual([
      ["a", "b", "c"],
      ["f", "g"],
    ]);
  });

  // In the runtime, the request, the response and the service of the classic object refer to each other, as in AWS SDK v2. In
  // the generator, functions of JMESPath compile their arguments, and are called by the compiler.
  it.each([
    ["runtime", 1],
    ["generator", 1],
    ["generated/cloudtrail", 0],
  ])("%s has at most %i", (folder, limit) => {
    const graph = importsInside(`${folder}/src`);
    expect(graph.size).toBeGreaterThan(10);
    const found = circles(graph);
    expect(found.length, JSON.stringify(found, undefined, 2)).toBeLessThanOrEqual(limit);
  });
});

describe("the names of exported types in the runtime", () => {
  /** Names of AWS SDK v2, which the classic object has, too; and of options that callers of two functions know. */
  const known = ["Endpoint", "HttpRequest", "HttpResponse", "PageOptions", "PresignedPost", "Service", "WaiterOptions"];

  it("are declared once", () => {
    const files = readdirSync(join(root, "runtime/src"), { recursive: true, encoding: "utf8" });
    const sources = files.filter((name) => /^[^.]+\.ts$/.test(name));
    const names = sources.flatMap((name) => {
      const text = readFileSync(join(root, "runtime/src", name), "utf8");
      return [...text.matchAll(/^export (?:abstract )?(?:interface|type|class) (\w+)/gm)].map(([, type = ""]) => type);
    });
    const repeated = names.filter((name, index) => names.indexOf(name) < index);
    expect(names.length).toBeGreaterThan(300);
    expect(repeated.toSorted()).toEqual(known);
  });
});
