import { type Emitter } from "../../plugin.js";
import { readFileSync } from "node:fs";
import { groupsOf } from "./groups.js";
import { errorsPage, overviewPage, shapesPage } from "./index-pages.js";
import { Layout, type Page } from "./layout.js";
import { llmsText } from "./llms.js";
import { operationPage } from "./operation-page.js";
import { searchIndex } from "./search-index.js";
import { errorPage, shapePage } from "./shape-page.js";
import { folder, Site } from "./site.js";
import { usesOf } from "./uses.js";

export const version = 1;

/** Reference pages of the service, which need no server, and `llms.txt`. */
const reference: Emitter = (ir, { packageName }) => {
  const site = new Site(ir, packageName);
  const layout = new Layout(site);
  const groups = groupsOf(ir.operations);
  const uses = usesOf(ir);
  const pages: Page[] = [
    overviewPage(groups, site),
    shapesPage(site),
    ...(ir.errors.length > 0 ? [errorsPage(site)] : []),
    ...groups.flatMap(({ name, operations }) => operations.map((operation) => operationPage(operation, name, site))),
    ...[...ir.shapes.values()].map((shape) => shapePage(shape, uses, site)),
    ...ir.errors.map((error) => errorPage(error, uses, site)),
  ];
  return [
    ...pages.map((page) => layout.file(page)),
    { path: `${folder}/style.css`, text: styles.map(asset).join("\n") },
    { path: `${folder}/search.js`, text: asset("search.js") },
    { path: `${folder}/search-index.js`, text: searchIndex(site) },
    { path: `${folder}/llms.txt`, text: llmsText(groups, site) },
  ];
};

/** Later ones override earlier ones. */
const styles = ["theme.css", "frame.css", "content.css", "media.css"];

export const emitters: readonly Emitter[] = [reference];

// `src` and `dist` are both one level below the package's root, so this path is valid from both.
function asset(name: string): string {
  return readFileSync(new URL(`../../../src/emitters/reference/assets/${name}`, import.meta.url), "utf8");
}
