import { stringLiteral } from "../text/literal.js";

/** A piece of a template string: text, or a variable and the path of one of its attributes. */
export type TemplatePart = string | { readonly name: string; readonly path: string | undefined };

/**
 * Takes `https://{Region}.{Partition#dnsSuffix}` apart; `{{` and `}}` are braces. Undefined where braces do not pair.
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
 * Takes a path such as `resourceId[0]` apart; undefined for what is none. An index can only stand last.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parsing-path-strings
 */
export function parsePath(path: string): (string | number)[] | undefined {
  const match = /^((?:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)?)(?:\[(-?\d{1,6})\])?$/.exec(path);
  if (!match || path === "") return undefined;
  const [, keys, index] = match;
  return [...(keys ? keys.split(".") : []), ...(index === undefined ? [] : [Number(index)])];
}

/** Text for the inside of a template literal: as in a string, and neither its end nor a substitution. */
export function templateText(text: string): string {
  return stringLiteral(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("`", "\\`").replaceAll("${", "\\${");
}
