import { fitsType } from "./default-values.js";
import { isJsonObject } from "../source/json.js";
import type { MemberShape, Shape, ShapeId, Traits } from "../model.js";
import { quote, withArticle } from "../source/quote.js";

/** How values of an example are checked. */
export interface ExampleContext {
  readonly find: (id: ShapeId) => Shape | undefined;
  /** Whether required members may be missing. */
  readonly isPartial: boolean;
}

/** Max depth of checked values, above that of any real example. */
const deepest = 100;

/**
 * Why a JSON value does not match a shape: unknown members, wrong types, missing members. Length, range and pattern are
 * not checked. Each problem starts with its path.
 *
 * @see https://smithy.io/2.0/spec/documentation-traits.html#examples-trait
 */
export function exampleProblems(value: unknown, shape: Shape, path: string, context: ExampleContext): string[] {
  return [...problems(value, shape, shape.traits, path, context, 0)];
}

function* problems(
  value: unknown,
  shape: Shape,
  traits: Traits,
  path: string,
  context: ExampleContext,
  depth: number,
): Generator<string> {
  if (depth > deepest) return;
  const inside = function* (member: MemberShape, item: unknown, at: string): Generator<string> {
    const target = context.find(member.target);
    // A dangling target accepts any value. It is reported separately.
    if (target) yield* problems(item, target, { ...target.traits, ...member.traits }, at, context, depth + 1);
  };
  const isSparse = "smithy.api#sparse" in traits;
  switch (shape.type) {
    case "structure":
    case "union":
      if (!isJsonObject(value)) {
        yield `${path} must be an object`;
        return;
      }
      for (const [name, item] of Object.entries(value)) {
        const member = shape.members.get(name);
        if (member) yield* inside(member, item, `${path}.${name}`);
        else yield `${path} has ${quote(name)}, which is not a member of ${shape.id}`;
      }
      if (shape.type === "structure" && !context.isPartial) {
        for (const { name, traits: own } of shape.members.values()) {
          if (isNeeded(own) && !Object.hasOwn(value, name)) yield `${path} lacks ${name}, which is required`;
        }
      } else if (shape.type === "union" && Object.keys(value).length !== 1) {
        yield `${path} must have exactly one member, as it is a union`;
      }
      return;
    case "list":
      if (Array.isArray(value)) {
        for (const [index, item] of (value as unknown[]).entries()) {
          if (item !== null || !isSparse) yield* inside(shape.member, item, `${path}[${index}]`);
        }
      } else yield `${path} must be a list`;
      return;
    case "map":
      if (isJsonObject(value)) {
        for (const [key, item] of Object.entries(value)) {
          if (item !== null || !isSparse) yield* inside(shape.value, item, `${path}[${JSON.stringify(quote(key))}]`);
        }
      } else yield `${path} must be an object`;
      return;
    case "document":
      return;
    case "timestamp":
      if (typeof value === "number" && Math.abs(value) > latest) {
        yield `${path} must be a number of seconds since 1970, at most ${latest}: ${value} may be in milliseconds`;
      } else if (!isTimestamp(value, traits["smithy.api#timestampFormat"])) yield `${path} must be a timestamp`;
      return;
    default:
      if (!fitsType(value, shape)) yield `${path} must be ${withArticle(shape.type)}`;
  }
}

/** Seconds since 1970 of the last moment that a `Date` can be. */
const latest = 8.64e12;

/** Whether a member must be set. The runtime fills idempotency tokens. */
function isNeeded(traits: Traits): boolean {
  return "smithy.api#required" in traits && !("smithy.api#idempotencyToken" in traits);
}

/** Whether a value is a timestamp: epoch seconds, or a string in the member's format or in RFC 3339. */
function isTimestamp(value: unknown, format: unknown): boolean {
  if (typeof value === "number") return true;
  if (typeof value !== "string" || Number.isNaN(Date.parse(value))) return false;
  const isHttpDate =
    format === "http-date" && /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value);
  return isHttpDate || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i.test(value);
}
