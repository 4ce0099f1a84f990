import type { Member } from "../../schema/shapes.js";
import { getOwn, isObject } from "../../schema/values.js";
import { escapeUri } from "../../signing/escape.js";
import type { HttpBindings } from "./bindings.js";
import { itemMember, presentItems, writeText } from "./write-text.js";

type Input = Readonly<Record<string, unknown>>;

/**
 * Compiles the query: the constants of the `uri`, then the members bound by name, then maps of parameters. A parameter
 * of a map gives way to one of the others that is sent under its name.
 *
 * @param constants what follows `?` in the `uri`, sent as it stands
 * @see https://smithy.io/2.0/spec/http-bindings.html#httpquery-trait
 */
export function compileQuery(constants: string, { query, queryParams }: HttpBindings): (input: Input) => string {
  const fixed = constants === "" ? [] : constants.split("&");
  if (query.length === 0 && queryParams.length === 0) return () => constants;
  return (input) => {
    const parts = [...fixed];
    for (const { name, member, key } of query) append(parts, escapeUri(key), member, getOwn(input, name));
    const taken = new Set(parts.map((part) => part.split("=", 1)[0]));
    for (const { name, member } of queryParams) {
      const map = getOwn(input, name);
      if (!isObject(map) || !("type" in member) || member.type !== "map") continue;
      for (const [key, value] of Object.entries(map)) {
        const escaped = escapeUri(key);
        if (!taken.has(escaped)) append(parts, escaped, member.value, value);
      }
    }
    return parts.join("&");
  };
}

/** A list repeats its parameter. */
function append(parts: string[], escapedName: string, member: Member, value: unknown): void {
  const item = itemMember(member);
  for (const each of presentItems(value)) parts.push(`${escapedName}=${escapeUri(writeText(item, each, "date-time"))}`);
}
