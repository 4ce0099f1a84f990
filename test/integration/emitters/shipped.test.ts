import { readFileSync } from "node:fs";
import { join } from "node:path";
import { emitterNames, generate, type GenerateOptions, readModel } from "clientsmith";
import { describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";

const file = join(root, "model/cloudtrail.json");
const read = readModel({ file, text: readFileSync(file, "utf8") });

async function filesWith(options: GenerateOptions): Promise<ReadonlyMap<string, string>> {
  const { files } = read.model ? await generate(read.model, options) : {};
  return files ?? new Map<string, string>();
}

describe("an emitter that ships with the generator", () => {
  it("is off until it is named", async () => {
    const files = await filesWith({ license: "Apache-2.0" });
    expect(files.size).toBeGreaterThan(30);
    for (const [path, text] of files) {
      // The command line adds the repository.
      if (path === "package.json") continue;
      expect(text).toBe(readFileSync(join(root, "generated/cloudtrail", path), "utf8"));
    }
  });

  it.each(emitterNames)("%s adds files and changes none but package.json and README.md", async (name) => {
    const plain = await filesWith({});
    const files = await filesWith({ emit: [name, name] });
    const changed = [...plain].filter(([path, text]) => files.get(path) !== text).map(([path]) => path);
    expect(files.size).toBeGreaterThan(plain.size);
    expect(changed.filter((path) => !["README.md", "package.json"].includes(path))).toEqual([]);
  });

  it("that there is not is an error with the nearest name", async () => {
    await expect(filesWith({ emit: ["standard-shema"] })).rejects.toThrow(
      "There is no emitter standard-shema. Did you mean standard-schema?",
    );
    await expect(filesWith({ emit: ["__proto__"] })).rejects.toThrow(
      `There is no emitter __proto__. Known are ${emitterNames.join(", ")}.`,
    );
  });
});
