import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateInto } from "../../support/generate-client.js";
import { root, sharedPath } from "../../support/shared.js";
import { complaints, folder } from "./support/check.js";

const own = {
  bookshelf: join(root, "test/fixtures/golden/bookshelf/model.json"),
  needy: join(root, "test/fixtures/needy/model.json"),
  cloudtrail: join(root, "model/cloudtrail.json"),
};
const foreign = {
  glacier: sharedPath("models/glacier-2012-06-01.json"),
  kms: sharedPath("models/kms-2014-11-01.json"),
  dynamodb: sharedPath("models/dynamodb-2012-08-10.json"),
};

/** Code that the package's README shows, and the calls that its comments show, as modules beside its sources. */
function writeShown(to: string): number {
  const readme = readFileSync(join(to, "README.md"), "utf8");
  const [, client = "", name = ""] = /import \{[^}]*?\b(\w+Client)\b[^}]*\} from "([^"]+)"/.exec(readme) ?? [];
  const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);
  const calls = readdirSync(join(to, "src/operations")).flatMap((file) => {
    const text = readFileSync(join(to, "src/operations", file), "utf8").replaceAll(/^ ?\* ?/gm, "");
    return [...text.matchAll(/^@example.*?\n```ts\n(.*?)```/gms)].map(([, code = ""]) => {
      const called = file.replace(/\.ts$/, "");
      return `import { ${client}, ${called} } from "${name}";\ndeclare const client: ${client};\n${code}`;
    });
  });
  mkdirSync(join(to, "shown"));
  const all = [...blocks, ...calls].map((code) => `export {};\n${code}`);
  for (const [index, code] of all.entries()) {
    const local = code.replaceAll(`"${name}"`, '"../src/index.js"').replaceAll(`"${name}/`, '"../src/');
    writeFileSync(join(to, "shown", `${index}.ts`), local.replaceAll('src/model"', 'src/model.js"'));
  }
  return all.length;
}

describe("code that READMEs and comments show compiles", () => {
  for (const [model, file] of Object.entries({ ...own, ...foreign })) {
    it.skipIf(file === undefined)(
      model,
      async () => {
        const name = `documentation-${model}`;
        const to = join(folder, name);
        rmSync(to, { recursive: true, force: true });
        await generateInto(to, file ?? "");
        expect(writeShown(to)).toBeGreaterThan(2);
        expect(complaints(name, ["src", "shown"])).toBe("");
      },
      120_000,
    );
  }
});
