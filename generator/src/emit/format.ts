import { format as prettier } from "prettier/standalone";
import * as estree from "prettier/plugins/estree";
import * as babel from "prettier/plugins/babel";

const parsers: Readonly<Record<string, string>> = { ts: "babel-ts", json: "json" };

/**
 * Text in the layout of prettier, with the options of this file. `package.json` has the layout in which npm writes it,
 * so that `npm version` changes nothing but the version.
 */
export async function format(path: string, text: string): Promise<string> {
  const parser = path === "package.json" ? "json-stringify" : parsers[path.slice(path.lastIndexOf(".") + 1)];
  if (parser === undefined) return text;
  return prettier(text, { parser, printWidth: 120, plugins: [estree, babel] });
}
