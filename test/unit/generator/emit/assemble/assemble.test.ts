import { describe, expect, it } from "vitest";
import { assemble, type RenderedModule } from "#generator/emit/assemble/assemble.js";
import type { Origin } from "#generator/emit/assemble/imports.js";

const runtime = new Map<string, Origin>([
  ["invoke", { name: "invoke", path: "@clientsmith/runtime/codegen/v1", typeOnly: false }],
  ["Operation", { name: "Operation", path: "@clientsmith/runtime/codegen/v1", typeOnly: true }],
  ["RuntimeService", { name: "Service", path: "@clientsmith/runtime/codegen/v1", typeOnly: true }],
  ["awsJson1_1", { name: "awsJson1_1", path: "@clientsmith/runtime/protocols/awsJson", typeOnly: false }],
]);

function module(path: string, text: string, reexports: readonly string[] = []): RenderedModule {
  return { path, text, reexports, runtime };
}

/** The lines that were put before a module's own text. */
function added(path: string, modules: readonly RenderedModule[]): string[] {
  const { files, diagnostics } = assemble(modules);
  expect(diagnostics).toEqual([]);
  const own = modules.find((each) => each.path === path)?.text ?? "";
  const whole = files.get(path) ?? "";
  expect(whole.endsWith(own)).toBe(true);
  return whole
    .slice(0, whole.length - own.length)
    .split("\n")
    .filter((line) => line !== "");
}

describe("assemble", () => {
  it("imports what is used from the runtime and from other modules, types as types", () => {
    const modules = [
      module("src/shapes/Tag.ts", "export interface Tag {}\nexport const Tag$ = {};\n"),
      module("src/errors.ts", "export class Gone {}\n"),
      module(
        "src/operations/get.ts",
        "export const get$: Operation<Tag, Gone> = { input: Tag$ };\nexport function get(): Gone { return invoke(get$, awsJson1_1); }\n",
      ),
    ];
    expect(added("src/operations/get.ts", modules)).toEqual([
      'import { type Operation, invoke } from "@clientsmith/runtime/codegen/v1";',
      'import { awsJson1_1 } from "@clientsmith/runtime/protocols/awsJson";',
      'import type { Gone } from "../errors.js";',
      'import { type Tag, Tag$ } from "../shapes/Tag.js";',
      'export type { Operation } from "@clientsmith/runtime/codegen/v1";',
    ]);
  });

  it("imports a class that is extended, thrown or listed as a value", () => {
    const errors = module("src/errors.ts", "export class Gone {}\nexport class Base {}\n");
    const user = module("src/a.ts", "export class A extends Base {}\nexport const all = [Gone];\n");
    expect(added("src/a.ts", [errors, user])).toEqual(['import { Base, Gone } from "./errors.js";']);
  });

  it("imports one that is implemented, or used as a type only", () => {
    const other = module("src/b.ts", "export interface I {}\nexport const value = 1;\n");
    const user = module("src/a.ts", "export class A implements I {}\nexport type T = typeof value;\n");
    expect(added("src/a.ts", [other, user])).toEqual(['import type { I, value } from "./b.js";']);
  });

  it("imports under another name where the package has one of its own", () => {
    const user = module("src/a.ts", "export const x: RuntimeService = {};\n");
    expect(added("src/a.ts", [user])).toEqual([
      'import type { Service as RuntimeService } from "@clientsmith/runtime/codegen/v1";',
      'export type { Service as RuntimeService } from "@clientsmith/runtime/codegen/v1";',
    ]);
  });

  it("exports the runtime's types that it uses, and those that their declarations show", () => {
    const path = "@clientsmith/runtime/codegen/v1";
    const types = new Map<string, Origin>([
      ["Output", { name: "Output", path, typeOnly: true, shows: ["RuntimeMetadata"] }],
      ["RuntimeMetadata", { name: "Metadata", path, typeOnly: true }],
      ["Unused", { name: "Unused", path, typeOnly: true }],
    ]);
    const user = { ...module("src/a.ts", "export declare function f(): Output;\n"), runtime: types };
    expect(added("src/a.ts", [user])).toEqual([
      'import type { Output } from "@clientsmith/runtime/codegen/v1";',
      'export type { Output, Metadata as RuntimeMetadata } from "@clientsmith/runtime/codegen/v1";',
    ]);
    expect(added("src/a.ts", [{ ...user, isApart: true }])).toEqual([
      'import type { Output } from "@clientsmith/runtime/codegen/v1";',
    ]);
  });

  it("takes names of members, parameters and local variables for what they are", () => {
    const other = module("src/b.ts", "export const Name = 1;\nexport const input = 2;\nexport const local = 3;\n");
    const user = module(
      "src/a.ts",
      "export interface A { Name: string }\nexport const a = { Name: 1 };\n" +
        "export function f(input: A): string { const local = input.Name; return local; }\n",
    );
    expect(added("src/a.ts", [other, user])).toEqual([]);
  });

  it("exports what a module is to export of others", () => {
    const errors = module("src/errors.ts", "export class Gone {}\n");
    const tag = module("src/shapes/Tag.ts", "export interface Tag {}\n");
    const own = module("src/operations/get.ts", "export class Own {}\n", ["Tag", "Gone", "Own"]);
    expect(added("src/operations/get.ts", [errors, tag, own])).toEqual([
      'export { Gone } from "../errors.js";',
      'export type { Tag } from "../shapes/Tag.js";',
    ]);
  });

  it("puts imports before a comment that belongs to the first statement", () => {
    const user = module("src/a.ts", "/** About x. */\nexport const x: Operation = {};\n");
    expect(assemble([user]).files.get("src/a.ts")).toBe(
      'import type { Operation } from "@clientsmith/runtime/codegen/v1";\n\n' +
        'export type { Operation } from "@clientsmith/runtime/codegen/v1";\n\n/** About x. */\nexport const x: Operation = {};\n',
    );
  });

  it("rejects two exports of one name", () => {
    const { diagnostics } = assemble([
      module("src/a.ts", "export const x = 1;\n"),
      module("src/b.ts", "export type x = 1;\n"),
    ]);
    expect(diagnostics).toMatchObject([{ severity: "error", code: "duplicate-export" }]);
  });

  it("rejects a module that is no TypeScript, and names it", () => {
    const { files, diagnostics } = assemble([module("src/a.ts", "export const a = 1;\nexport const b = {;\n")]);
    expect(files.size).toBe(0);
    expect(diagnostics).toMatchObject([{ severity: "error", code: "generated-syntax" }]);
    expect(diagnostics[0]?.message).toMatch(/^src\/a\.ts:2 /);
  });
});
