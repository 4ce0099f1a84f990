import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../support/shared.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Code without its line breaks, which prettier places by the width of the document. */
const flat = (code: string): string => code.replaceAll(/\s+/g, " ").replaceAll(/,(?= ?[)\]}])/g, "");

const page = read("docs/extending.md");
const plugins = page.slice(page.indexOf("## Plug-ins"));
const fixture = "test/fixtures/plugins/line-protocol";
const whole = flat(
  read(`${fixture}/plugin.mjs`) + read(`${fixture}/package/index.js`).replaceAll(/\/\*\* @type.*\*\/\n/g, ""),
);

it.each([...plugins.matchAll(/```js\n(.*?)```/gs)].map(([, code = ""]) => code.trim()))(
  "the page on extending shows the plugin that is tested: %s",
  (code) => expect(whole).toContain(flat(code)),
);

it("names the protocols in the order in which they are preferred", async () => {
  const { protocols } = await import("#generator/analyze/protocols.js");
  const names = protocols.map(({ symbol }) => symbol).join(", ");
  expect(flat(page)).toContain(`takes another: ${names}.`);
});
