import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../support/shared.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Code without its line breaks, which prettier places by the width of the document. */
const flat = (code: string): string => code.replaceAll(/\s+/g, " ").replaceAll(/,(?= ?[)\]}])/g, "");

const pages = readdirSync(join(root, "docs/extending")).map((name) => `docs/extending/${name}`);
const page = read("docs/extending.md");
const plugins = [page.slice(page.indexOf("## Plug-ins")), ...pages.map(read)].join("\n");
const fixtures = ["line-protocol", "gate"].map((name) => `test/fixtures/plugins/${name}`);
const whole = flat(
  fixtures
    .flatMap((fixture) => [`${fixture}/plugin.mjs`, `${fixture}/package/index.js`])
    .map((path) => read(path).replaceAll(/\/\*\* @type.*\*\/\n/g, ""))
    .join(""),
);

it.each([...plugins.matchAll(/```js\n(.*?)```/gs)].map(([, code = ""]) => code.trim()))(
  "the pages on extending show the plugin that is tested: %s",
  (code) => expect(whole).toContain(flat(code)),
);

it("the pages are one for each kind of addition", () => {
  const kinds = ["auth-scheme", "customization", "emitter", "feature", "protocol", "trait-handler"];
  expect(pages).toEqual(kinds.map((kind) => `docs/extending/${kind}.md`));
  for (const kind of kinds) expect(page).toContain(`](extending/${kind}.md)`);
});

it("names the protocols in the order in which they are preferred", async () => {
  const { protocols } = await import("#generator/analyze/protocols.js");
  const names = protocols.map(({ symbol }) => symbol).join(", ");
  expect(flat(page)).toContain(`takes another: ${names}.`);
});
