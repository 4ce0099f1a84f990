import { type Ast, type AstMember, type AstShape, shapeOf } from "../../../conformance/support/model-values.js";

/**
 * A value as the members of a structure in XML: what a service responds. Written from the model itself, so that a
 * mistake in the generated descriptors shows.
 */
export function toXml(ast: Ast, target: string, value: unknown): string {
  const shape = shapeOf(ast, target);
  switch (shape.type) {
    case "structure":
    case "union":
      return Object.entries(value as object)
        .filter(([name]) => !("smithy.api#xmlAttribute" in (shape.members?.[name]?.traits ?? {})))
        .map(([name, item]) => memberXml(ast, name, shape.members?.[name], item))
        .join("");
    case "list":
      return (value as unknown[]).map((item) => memberXml(ast, "member", shape.member, item)).join("");
    case "map":
      return entriesOf(ast, target, value).map(wrapped("entry")).join("");
    case "timestamp":
      return (value as Date).toISOString();
    case "blob":
      return Buffer.from(value as Uint8Array).toString("base64");
    default:
      return escapeXml(String(value));
  }
}

function memberXml(ast: Ast, name: string, member: AstMember | undefined, value: unknown): string {
  if (!member) throw new Error(`the model has no member ${name}`);
  const { "smithy.api#xmlName": xmlName = name, "smithy.api#xmlFlattened": flat } = member.traits ?? {};
  const wrap = wrapped(String(xmlName));
  const shape = shapeOf(ast, member.target);
  if (flat && shape.type === "list") {
    return (value as unknown[]).map((item) => wrap(toXml(ast, shape.member?.target ?? "", item))).join("");
  }
  if (flat && shape.type === "map") return entriesOf(ast, member.target, value).map(wrap).join("");
  return wrapped(String(xmlName), attributesOf(shape, value))(toXml(ast, member.target, value));
}

function attributesOf({ members = {} }: AstShape, value: unknown): string {
  return Object.entries(members)
    .filter(([name, { traits = {} }]) => "smithy.api#xmlAttribute" in traits && name in (value as object))
    .map(([name, { traits = {} }]) => {
      const text = escapeXml(String((value as Record<string, unknown>)[name])).replaceAll('"', "&quot;");
      return ` ${String(traits["smithy.api#xmlName"] ?? name)}="${text}"`;
    })
    .join("");
}

function entriesOf(ast: Ast, target: string, value: unknown): string[] {
  const shape = shapeOf(ast, target);
  return Object.entries(value as object).map(
    ([key, item]) => memberXml(ast, "key", shape.key, key) + memberXml(ast, "value", shape.value, item),
  );
}

const wrapped =
  (name: string, attributes = "") =>
  (inner: string) =>
    `<${name}${attributes}>${inner}</${name}>`;

function escapeXml(text: string): string {
  const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;" };
  return text.replaceAll(/[&<>\r]/g, (character) => escapes[character] ?? character);
}

/** The value with nothing in its texts that XML 1.0 cannot say. */
export function sayableInXml(value: unknown): unknown {
  if (typeof value === "string")
    return value.replaceAll(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "?");
  if (Array.isArray(value)) return value.map(sayableInXml);
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [sayableInXml(name), sayableInXml(item)]));
}
