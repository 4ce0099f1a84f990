import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { readModel } from "#generator/model/index.js";
import { jsonFiles, sharedPath } from "../support/shared.js";

for (const [folder, count] of [
  ["models", 32],
  ["conformance/protocols", 16],
] as const) {
  const path = sharedPath(folder);
  describe.skipIf(!path)(`public ${folder}`, () => {
    const files = path ? jsonFiles(path) : [];
    it(`are ${count}`, () => expect(files).toHaveLength(count));
    it.each(files.map((file) => [basename(file), file]))("%s reads without a diagnostic", (_name, file) => {
      const { model, diagnostics } = readModel({ file, text: readFileSync(file, "utf8") });
      expect(diagnostics).toEqual([]);
      expect(model).toBeDefined();
    });
  });
}
