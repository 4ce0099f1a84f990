import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { formatDiagnostic, generate, readModel, type ServiceIr } from "clientsmith";
import { describe, expect, it, vi } from "vitest";
import { referencesOf } from "#generator/analyze/build.js";
import { sharedPath } from "../../support/shared.js";

// The layout of sources takes most of the time, and makes no difference to what is imported.
vi.mock(import("#generator/emit/format.js"), () => ({ format: async (_path, text) => text }));

const file = sharedPath("models/sagemaker-2017-07-24.json");

/** Modules of the package that plain Node loads for one of them: those that it imports values from, and so on. */
function loadedWith(entry: string, files: ReadonlyMap<string, string>): Set<string> {
  const loaded = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    const text = files.get(path);
    if (text === undefined) throw new Error(`${path} is imported and not generated`);
    const imports = /^(?:import|export) (?!type\b)[^;]*? from "(\.[^"]+)";/gm;
    for (const [, specifier = ""] of text.matchAll(imports))
      open.push(posix.join(posix.dirname(path), specifier.replace(/\.js$/, ".ts")));
  }
  return loaded;
}

/** Modules with something that the operation's input, output or errors refer to. */
function reachedBy(name: string, service: ServiceIr): Set<string> {
  const operation = service.operations.find((each) => each.name === name);
  if (!operation) throw new Error(`${name} is not an operation`);
  // Errors are in one module, which an operation without any does not need.
  const isRejected = operation.errors.length > 0;
  const open = [operation.input?.id, operation.output?.id].filter((id) => id !== undefined);
  if (isRejected) open.push(...service.errors.flatMap(referencesOf));
  const reached = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(service.references.get(id) ?? []));
  }
  const groups = service.partition.groups.filter(({ shapes }) => shapes.some((id) => reached.has(id)));
  const own = [`operations/${service.names.operations.get(operation.id)?.function}`, ...(isRejected ? ["errors"] : [])];
  return new Set([...own, ...groups.map((group) => `shapes/${group.name}`)].map((path) => `src/${path}.ts`));
}

describe.skipIf(file === undefined)("an operation's subpath in the largest public client", () => {
  it("loads what the operation reaches and nothing besides", async () => {
    const { model } = readModel({ file: "sagemaker.json", text: readFileSync(file ?? "", "utf8") });
    if (!model) throw new Error("The model is not readable");
    const { files, service, diagnostics } = await generate(model);
    if (!files || !service) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
    const sizes = service.operations.map(({ id, name }) => {
      const loaded = loadedWith(`src/operations/${service.names.operations.get(id)?.function}.ts`, files);
      expect({ name, loaded: [...loaded].toSorted() }).toEqual({
        name,
        loaded: [...reachedBy(name, service)].toSorted(),
      });
      return loaded.size;
    });
    expect(sizes.length).toBeGreaterThan(300);
    // Not because everything reaches everything.
    expect(sizes.toSorted((left, right) => left - right)[Math.floor(sizes.length / 2)]).toBeLessThan(20);
  }, 120_000);
});
