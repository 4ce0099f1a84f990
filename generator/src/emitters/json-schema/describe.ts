import { type DocFacts, markdown, type MemberIr } from "../../plugin.js";
import type { Schema } from "./types.js";

/** Documentation and deprecation of a shape. */
export function descriptionOf(facts: DocFacts, others: readonly string[] = []): Schema {
  const { deprecated, documentation } = facts;
  const since = deprecated?.since === undefined ? "" : ` since ${deprecated.since}`;
  const warning = deprecated && `Deprecated${since}${deprecated.message ? `: ${deprecated.message}` : "."}`;
  const description = [markdown(documentation), ...others, warning ?? ""].filter((part) => part !== "").join("\n\n");
  return { ...(description !== "" && { description }), ...(deprecated && { deprecated: true }) };
}

/** The schema of a value with facts of the member: documentation, deprecation, default. */
export function described(value: Schema, member: MemberIr, isInput: boolean): Schema {
  const others = [
    ...(isInput && member.idempotencyToken ? ["If absent, the client sends a UUID."] : []),
    ...(member.recommended === undefined ? [] : [`Recommended${member.recommended && `: ${member.recommended}`}.`]),
    ...(member.sensitive ? ["Sensitive."] : []),
  ];
  const hasDefault = member.default !== undefined && !member.streaming;
  return {
    ...value,
    ...descriptionOf(member.facts, others),
    ...(hasDefault && { default: jsonForm(member, member.default) }),
  };
}

/** The JSON form of a default value, which a model has in a form of its own. */
function jsonForm({ type }: MemberIr, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (type.type !== "timestamp" || value === null) return value;
  const date = new Date(typeof value === "number" ? value * 1000 : String(value));
  return Number.isNaN(date.getTime()) ? value : date.toISOString().replace(".000Z", "Z");
}
