import { type Ast, shapeOf } from "../../../conformance/support/model-values.js";

/** Headers that are a client's own business. */
export const ownHeaders =
  /^(host|authorization|user-agent|content-length|amz-sdk-.*|x-amz-(user-agent|date|content-sha256))$/;

export function isStreamed(ast: Ast, id: string): boolean {
  const { members = {} } = shapeOf(ast, id);
  return Object.values(members).some(({ target }) => "smithy.api#streaming" in (shapeOf(ast, target).traits ?? {}));
}

/** The value with what HTTP can carry outside the body: text in labels and headers that no part of it changes. */
export function fitForHttp(ast: Ast, id: string, value: object): object {
  const { members = {} } = shapeOf(ast, id);
  const status = Object.keys(members).filter((name) => "smithy.api#httpResponseCode" in (members[name]?.traits ?? {}));
  const fitting = Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const { target = "", traits = {} } = members[name] ?? {};
      // Years of three digits are not filled up by the official client.
      if (item instanceof Date) return [name, item.getUTCFullYear() < 1000 ? new Date(0) : item];
      if (typeof item !== "string") return [name, item];
      if ("smithy.api#httpLabel" in traits && /^\.{0,2}$/.test(item)) {
        return [name, "smithy.api#pattern" in (shapeOf(ast, target).traits ?? {}) ? "abc" : "a/b c"];
      }
      return [name, "smithy.api#httpHeader" in traits ? item.replaceAll(/[^!-~]/g, "-") : item];
    }),
  );
  // Every response has a status, so the member is never absent.
  return { ...fitting, ...Object.fromEntries(status.map((name) => [name, 200])) };
}

/** The members of a response that stand outside its body, and the others. */
export function boundToHttp(
  ast: Ast,
  id: string,
  value: object,
): { readonly headers: Readonly<Record<string, string>>; readonly members: Readonly<Record<string, unknown>> } {
  const { members = {} } = shapeOf(ast, id);
  const body: Record<string, unknown> = {};
  const headers: Record<string, string> = {};
  for (const [name, item] of Object.entries(value)) {
    const { target = "", traits = {} } = members[name] ?? {};
    const header = traits["smithy.api#httpHeader"];
    const prefix = traits["smithy.api#httpPrefixHeaders"];
    if (header !== undefined) headers[String(header).toLowerCase()] = headerText(ast, target, item);
    else if (prefix !== undefined) {
      for (const [key, text] of Object.entries(item as object)) headers[String(prefix) + key] = String(text);
    } else if (!("smithy.api#httpResponseCode" in traits)) body[name] = item;
  }
  return { headers, members: body };
}

function headerText(ast: Ast, target: string, value: unknown): string {
  const shape = shapeOf(ast, target);
  if (Array.isArray(value)) return value.map((item) => headerText(ast, shape.member?.target ?? "", item)).join(",");
  if (!(value instanceof Date)) return String(value);
  return shape.traits?.["smithy.api#timestampFormat"] === "date-time" ? value.toISOString() : value.toUTCString();
}
