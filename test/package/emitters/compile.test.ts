import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { emitterNames } from "clientsmith";
import { describe, expect, it } from "vitest";
import { generateInto } from "../../support/generate-client.js";
import { root, sharedPath } from "../../support/shared.js";
import { complaints, folder } from "../compile/support/check.js";

const models: readonly (readonly [name: string, file: string | undefined])[] = [
  ["everything", join(root, "test/fixtures/json-form/everything.smithy")],
  ["hostile", join(root, "test/fixtures/golden/hostile/model.json")],
  ["streams", join(root, "test/fixtures/streams/model.json")],
  ["s3", sharedPath("models/s3-2006-03-01.json")],
];

describe("packages with every output compile under the strictest settings", () => {
  for (const [name, file] of models) {
    it.skipIf(file === undefined)(
      name,
      async () => {
        const place = `emitted-${name}`;
        rmSync(join(folder, place), { recursive: true, force: true });
        mkdirSync(join(folder, place), { recursive: true });
        await generateInto(join(folder, place), file ?? "", { emit: emitterNames });
        expect(complaints(place)).toBe("");
      },
      120_000,
    );
  }
});
