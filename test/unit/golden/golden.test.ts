import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { formatDiagnostic, generate, type GenerateResult, readModel } from "clientsmith";
import { describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";

// `UPDATE_GOLDENS=1` writes what is expected; review the difference like any other change.
const update = process.env["UPDATE_GOLDENS"] === "1";

describe.each([
  ["bookshelf", "what an ordinary service becomes"],
  ["hostile", "what names and texts that try to break out become"],
])("golden %s: %s", (name) => {
  const folder = join(root, "test/fixtures/golden", name);
  const expected = join(folder, "expected");
  let first: Promise<GenerateResult> | undefined;

  it("is generated file for file, and nothing besides", async () => {
    const { files, diagnostics } = await (first ??= generateFrom(join(folder, "model.json")));
    const actual = new Map(files);
    actual.set("diagnostics.txt", `${diagnostics.map(formatDiagnostic).join("\n")}\n`);
    if (update) write(expected, actual);
    expect([...actual.keys()].toSorted()).toEqual(filesIn(expected));
    for (const [path, text] of actual)
      expect({ path, text }).toEqual({ path, text: readFileSync(join(expected, path), "utf8") });
  });

  it("is the same each time", async () => {
    const { files } = await generateFrom(join(folder, "model.json"));
    expect([...(files ?? [])]).toEqual([...((await (first ??= generateFrom(join(folder, "model.json")))).files ?? [])]);
  });
});

async function generateFrom(file: string): Promise<GenerateResult> {
  const { model, diagnostics } = readModel({ file: "model.json", text: readFileSync(file, "utf8") });
  if (!model) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  return generate(model);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll(sep, "/"),
    )
    .toSorted();
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
