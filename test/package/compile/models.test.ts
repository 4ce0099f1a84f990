import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { generateInto } from "../../support/generate-client.js";
import { sharedPath } from "../../support/shared.js";
import { complaints, folder } from "./support/check.js";

// The layout of sources takes most of the time, and makes no difference to compilers.
vi.mock(import("#generator/emit/format.js"), () => ({ format: async (_path, text) => text }));

const models = sharedPath("models");
const names = models === undefined ? [] : readdirSync(models).filter((name) => name.endsWith(".json"));

/** What the generator has to say of the public models, by code: anything else is new and needs an explanation. */
const explained: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "cognito-identity-provider": { "unsupported-pattern": 1 },
  dynamodb: { "unsupported-pattern": 1 },
  eventbridge: { "unsupported-pattern": 2 },
  kinesis: { "unsupported-pattern": 3 },
  sagemaker: { "unsupported-pattern": 6 },
};

describe.skipIf(models === undefined)("the public models", () => {
  it("cause no diagnostic that is not explained, and compile under the strictest settings as one program", async () => {
    const into = join(folder, "models");
    rmSync(into, { recursive: true, force: true });
    const found: Record<string, Record<string, number>> = {};
    for (const name of names) {
      const service = name.replace(/-\d{4}-\d\d-\d\d\.json$/, "");
      for (const { code } of await generateInto(join(into, service), join(models ?? "", name))) {
        const codes = (found[service] ??= {});
        codes[code] = (codes[code] ?? 0) + 1;
      }
    }
    expect(names).toHaveLength(32);
    expect(found).toEqual(explained);
    expect(complaints("models", ["*/src"])).toBe("");
  }, 600_000);
});
