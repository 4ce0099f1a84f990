import { escapeHtml, Html } from "./html.js";

const token =
  /(?<comment>\/\/[^\n]*)|(?<string>"(?:[^"\\\n]|\\.)*")|(?<keyword>\b(?:await|catch|const|for|if|import|from|instanceof|new|of|throw|true|false|null|try|type)\b)|(?<number>\b\d[\d_.]*n?\b)/g;

/** TypeScript or JSON with its tokens in elements. */
export function highlight(code: string): Html {
  const parts: string[] = [];
  let end = 0;
  for (const match of code.matchAll(token)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? ["comment"];
    parts.push(escapeHtml(code.slice(end, match.index)), `<span class="${kind}">${escapeHtml(match[0])}</span>`);
    end = match.index + match[0].length;
  }
  parts.push(escapeHtml(code.slice(end)));
  return new Html(parts.join(""));
}
