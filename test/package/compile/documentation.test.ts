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

/** Modules that the reference pages show. */
function samples(to: string): string[] {
  const pages = readdirSync(join(to, "reference"), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".html"),
  );
  const found = pages.flatMap((file) => {
    const page = readFileSync(join(to, "reference", file), "utf8");
    return [...page.matchAll(/<pre class="sample"[^>]*><code>(.*?)<\/code><\/pre>/gs)].map(([, code = ""]) =>
      code
        .replaceAll(/<[^>]*>/g, "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&"),
    );
  });
  // The others are outputs.
  const modules = found.filter((code) => /^import /m.test(code));
  return modules.map((code) => (code.includes("const output =") ? `${code}\nvoid output;` : code));
}

/** Code that the package's README and reference show, and the calls that its comments show, as modules beside its sources. */
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
  const all = [...blocks, ...calls, ...samples(to)].map((code) => `export {};\n${code}`);
  for (const [index, code] of all.entries()) {
    const local = code.replaceAll(`"${name}"`, '"../src/index.js"').replaceAll(`"${name}/`, '"../src/');
    writeFileSync(
      join(to, "shown", `${index}.ts`),
      local.replaceAll('src/model"', 'src/model.js"').replaceAll('src/classic"', 'src/classic.js"'),
    );
  }
  return all.length;
}

describe("code that READMEs, comments and reference pages show compiles", () => {
  for (const [model, file] of Object.entries({ ...own, ...foreign })) {
    it.skipIf(file === undefined)(
      model,
      async () => {
        const name = `documentation-${model}`;
        const to = join(folder, name);
        rmSync(to, { recursive: true, force: true });
        await generateInto(to, file ?? "", { emit: ["reference"] });
        expect(writeShown(to)).toBeGreaterThan(5);
        expect(complaints(name, ["src", "shown"])).toBe("");
      },
      120_000,
    );
  }
});
