import { format as prettier } from "prettier/standalone";
import * as estree from "prettier/plugins/estree";
import * as babel from "prettier/plugins/babel";

const parsers: Readonly<Record<string, string>> = { ts: "babel-ts", json: "json" };

/** Text as prettier lays it out, by options that stand here and nowhere else. */
export async function format(path: string, text: string): Promise<string> {
  const parser = parsers[path.slice(path.lastIndexOf(".") + 1)];
  if (parser === undefined) return text;
  return prettier(text, { parser, printWidth: 120, plugins: [estree, babel] });
}
