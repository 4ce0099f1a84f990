import { readdirSync, readFileSync } from "node:fs";
import Handlebars from "handlebars";
import type { PackageFile } from "./file.js";

// `src` and `dist` are both one level below the package's root, so this path is valid from both.
const folder = new URL("../../../src/emit/templates/", import.meta.url);

let compiled: ReadonlyMap<string, Handlebars.TemplateDelegate> | undefined;

/** The text of a file, from its template if it has one. TypeScript is not formatted and has no imports yet. */
export function render(file: PackageFile): string {
  if ("text" in file) return file.text;
  compiled ??= compileAll();
  const template = compiled.get(file.template);
  if (!template) throw new Error(`${file.path}: there is no template "${file.template}"`);
  return template(file.data);
}

/** Every template is also a partial. Nothing is escaped here, because views contain finished text. */
function compileAll(): Map<string, Handlebars.TemplateDelegate> {
  const handlebars = Handlebars.create();
  const options = { noEscape: true, strict: true, preventIndent: true };
  const names = readdirSync(folder).filter((name) => name.endsWith(".hbs"));
  const templates = new Map<string, Handlebars.TemplateDelegate>();
  for (const name of names) {
    const template = handlebars.compile(readFileSync(new URL(name, folder), "utf8"), options);
    templates.set(name.slice(0, -".hbs".length), template);
    handlebars.registerPartial(name.slice(0, -".hbs".length), template);
  }
  return templates;
}
