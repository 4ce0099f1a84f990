import type { ValidationIssue } from "../errors/index.js";
import { type Member, type StructureShape, targetOf } from "../schema/shapes.js";
import { isBytes } from "../schema/values.js";
import { validate } from "../validate/validate.js";
import { characters } from "../validate/types.js";

/** A violated constraint, as services name it. */
export interface Constraint {
  /** Length of the value, for `smithy.api#length`. */
  readonly size?: number | undefined;
  readonly text: string;
}

export interface PlacedConstraint {
  /** JSON pointer to the value; to the map for a violation of a key. */
  readonly path: string;
  readonly constraint: Constraint;
}

/**
 * The constraint that an issue is about.
 *
 * @param seen keys of maps whose own issues were reported: a key and its value have the same path
 */
export function constraintAt(
  input: StructureShape,
  value: object,
  { path, rule, message }: ValidationIssue,
  seen: Set<string>,
): PlacedConstraint {
  let member: Member = { target: input };
  let at: unknown = value;
  const steps: (string | number)[] = [];
  for (const step of path) {
    if ("type" in member && member.type === "map" && breaksKey(member.key, String(step), rule)) {
      const id = JSON.stringify([path, rule]);
      if (!seen.has(id) && steps.length === path.length - 1) {
        seen.add(id);
        return { path: pointer(steps), constraint: describe(member.key, step, rule, message) };
      }
    }
    member = inside(member, step);
    at = (at as Readonly<Record<string | number, unknown>> | undefined)?.[step];
    steps.push(step);
  }
  return { path: pointer(steps), constraint: describe(member, at, rule, message) };
}

function inside(member: Member, step: string | number): Member {
  if ("target" in member) return targetOf(member).members[step] ?? member;
  if (member.type === "list") return member.member;
  return member.type === "map" ? member.value : member;
}

function breaksKey(key: Member, text: string, rule: ValidationIssue["rule"]): boolean {
  const shape: StructureShape = { type: "structure", name: "Entry", members: { key } };
  return validate(shape, { key: text }).some((issue) => issue.rule === rule);
}

/** RFC 6901. */
function pointer(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function describe(member: Member, value: unknown, rule: ValidationIssue["rule"], message: string): Constraint {
  switch (rule) {
    case "required":
      return { text: "Member must not be null" };
    case "uniqueItems":
      return { text: "Member must have unique values" };
    case "length":
      return {
        size: sizeOf(value),
        text: `Member must have length ${limits("length" in member ? member.length : {})}`,
      };
    case "range":
      return { text: `Member must be ${limits("range" in member ? member.range : {})}` };
    case "pattern":
      return { text: `Member must satisfy regular expression pattern: ${"pattern" in member ? member.pattern : ""}` };
    case "enum": {
      const internal: readonly unknown[] = "internal" in member ? (member.internal ?? []) : [];
      const all: readonly unknown[] = "enum" in member ? Object.values(member.enum ?? {}) : [];
      const values = all.filter((each) => !internal.includes(each));
      return { text: `Member must satisfy enum value set: [${values.join(", ")}]` };
    }
    default:
      return { text: message };
  }
}

/** A label of the path must not be empty, whatever the model states. */
function limits({ min, max }: { readonly min?: number; readonly max?: number } = { min: 1 }): string {
  if (min === undefined) return `less than or equal to ${max}`;
  return max === undefined ? `greater than or equal to ${min}` : `between ${min} and ${max}, inclusive`;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return characters(value);
  if (isBytes(value) || Array.isArray(value)) return value.length;
  return Object.keys(value as object).length;
}
