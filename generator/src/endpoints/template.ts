import { stringLiteral } from "../text/literal.js";

/** A part of a template string: text, or a variable with an optional attribute path. */
export type TemplatePart = string | { readonly name: string; readonly path: string | undefined };

/**
 * Parses `https://{Region}.{Partition#dnsSuffix}`. `{{` and `}}` are literal braces. Undefined if braces are
 * unbalanced.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/specification.html#template-string
 */
export function parseTemplate(template: string): TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  let text = "";
  for (const [token] of template.matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g)) {
    if (token === "{" || token === "}") return undefined;
    if (token === "{{" || token === "}}") text += token.charAt(0);
    else if (!token.startsWith("{")) text += token;
    else {
      if (text !== "") parts.push(text);
      text = "";
      const [name = "", ...path] = token.slice(1, -1).split("#");
      parts.push({ name, path: path.length === 0 ? undefined : path.join("#") });
    }
  }
  if (text !== "") parts.push(text);
  return parts;
}

/**
 * Parses a path such as `resourceId[0]`. Undefined if it is invalid. An index is only allowed at the end.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parsing-path-strings
 */
export function parsePath(path: string): (string | number)[] | undefined {
  const match = /^((?:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)?)(?:\[(-?\d{1,6})\])?$/.exec(path);
  if (!match || path === "") return undefined;
  const [, keys, index] = match;
  return [...(keys ? keys.split(".") : []), ...(index === undefined ? [] : [Number(index)])];
}

/** Escapes text for a template literal. */
export function templateText(text: string): string {
  return stringLiteral(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("`", "\\`").replaceAll("${", "\\${");
}
