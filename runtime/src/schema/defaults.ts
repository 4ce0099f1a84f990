import { decodeBase64 } from "../text/bytes.js";
import { parseTimestamp } from "./timestamps.js";
import { getterOf, isObject, oncePer, setOwn } from "./values.js";
import { innermost, type Member, type StructureShape, targetOf, type UnionShape } from "./shapes.js";
import type { Operation } from "./service.js";

type Shape = StructureShape | UnionShape;
type Values = Record<string, unknown>;

/** What to fill in values of one shape. Members with nothing to fill are not visited. */
interface Plan {
  /** Members to fill if they are not set. */
  readonly missing: readonly (MemberGetter & { readonly make: () => unknown })[];
  /** Members whose values contain something to fill. */
  readonly inside: readonly (MemberGetter & { readonly member: Member })[];
}

interface MemberGetter {
  readonly name: string;
  readonly get: ReturnType<typeof getterOf>;
}

/** Fills members that are not set, in one direction. A value of a shape with nothing to fill is returned as it is. */
class Filler {
  readonly #planOf = oncePer((shape: Shape): Plan => this.#plan(shape));

  readonly #direction: Direction;

  constructor(direction: Direction) {
    this.#direction = direction;
  }

  fill(shape: Shape, value: object, top: boolean): object {
    return isFilled(shape, this.#direction) ? this.#fillShape(shape, value as Values, top) : value;
  }

  #plan(shape: Shape): Plan {
    const members = Object.entries(shape.members);
    return {
      missing: members.flatMap(([name, member]) => {
        const make = this.#maker(member);
        return make ? [{ name, get: getterOf(name), make }] : [];
      }),
      inside: members.flatMap(([name, member]) => {
        const inner = innermost(member);
        return "target" in inner && isFilled(targetOf(inner), this.#direction)
          ? [{ name, get: getterOf(name), member }]
          : [];
      }),
    };
  }

  /** Returns undefined if the member may stay unset. */
  #maker(member: Member): (() => unknown) | undefined {
    if (!isFilledMember(member, this.#direction)) return undefined;
    return member.default === undefined
      ? () => this.#zeroValue(member)
      : () => defaultValue(member, member.default, this.#direction);
  }

  /** An input belongs to the caller and is copied; an output was just created by the reader and is changed in place. */
  #fillShape(shape: Shape, value: Values, top: boolean): Values {
    const { missing, inside } = this.#planOf(shape);
    const filled = this.#direction === "output" ? value : { ...value };
    for (const { name, get, member } of inside) {
      const item = get(value, name);
      if (item !== undefined && item !== null) setOwn(filled, name, this.#fillInside(member, item));
    }
    if (!top) return filled;
    for (const { name, get, make } of missing) {
      const item = get(value, name);
      if (item === undefined || item === null) setOwn(filled, name, make());
    }
    return filled;
  }

  #fillInside(member: Member, value: unknown): unknown {
    if ("target" in member) return isObject(value) ? this.#fillShape(targetOf(member), value, true) : value;
    if (member.type === "list") {
      return Array.isArray(value) ? value.map((item) => this.#fillInside(member.member, item)) : value;
    }
    if (member.type !== "map" || !isObject(value)) return value;
    const filled: Values = {};
    for (const [key, item] of Object.entries(value)) setOwn(filled, key, this.#fillInside(member.value, item));
    return filled;
  }

  /**
   * The value of a required member that the service omitted: the zero value of its type. For an enum, a value that the
   * model does not know; for a union, the unknown member.
   */
  #zeroValue(member: Member): unknown {
    if ("target" in member) {
      const shape = targetOf(member);
      return shape.type === "union" ? { $unknown: ["", null] } : this.fill(shape, {}, true);
    }
    switch (member.type) {
      case "string":
        return "";
      case "boolean":
        return false;
      case "timestamp":
        return new Date(0);
      case "blob":
        return new Uint8Array();
      case "bigInteger":
        return 0n;
      case "bigDecimal":
        return "0";
      case "list":
        return [];
      case "map":
        return {};
      case "document":
        return null;
      default:
        return 0;
    }
  }
}

const inputs = new Filler("input");
const outputs = new Filler("output");

/**
 * A copy of the input in which unset members of nested structures have their `smithy.api#default`. Returns the input
 * itself if there are none. Top-level members are not filled, so that the service can change their defaults.
 *
 * @see https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-serialization
 */
export function fillInput(shape: StructureShape, input: object): object {
  return inputs.fill(shape, input, false);
}

/**
 * A copy of an input that a service received, or of an output that it returns, in which unset members at any depth have
 * their `smithy.api#default`. Returns the value itself if there are none.
 */
export function fillDefaults(shape: StructureShape, value: object): object {
  return inputs.fill(shape, value, true);
}

/**
 * Fills unset members of an output or error with their `smithy.api#default`. Members that the model requires and the
 * service omitted get the zero value of their type, so that they are what their types promise. Changes the output in
 * place.
 *
 * @see https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction
 */
export function fillOutput(shape: StructureShape, output: object): object {
  return outputs.fill(shape, output, true);
}

/** Converts a default from the model's JSON form. Collections are empty or documents, and are copied for each use. */
function defaultValue(member: Member, value: unknown, direction: Direction): unknown {
  switch ("type" in member ? member.type : undefined) {
    case "timestamp":
      return parseTimestamp(value, typeof value === "number" ? "epoch-seconds" : "date-time");
    case "blob":
      return decodeBase64(String(value));
    case "bigInteger":
      // Through BigInt, because `String()` writes numbers from 1e21 on with an exponent.
      return BigInt(value as string | number);
    case "long":
      // Inputs keep all digits; in outputs the type is read as a number.
      return direction === "output" ? Number(value) : value;
    case "bigDecimal":
      return String(value);
    default:
      return typeof value === "object" ? structuredClone(value) : value;
  }
}

export type Direction = "input" | "output";

/** Whether an unset member is filled: with its default or, in an output, with the zero value of its type. */
export function isFilledMember(member: Member, direction: Direction): boolean {
  if (member.default !== undefined) return true;
  return direction === "output" && member.required === true && !member.clientOptional;
}

/** Whether a value of the shape contains anything to fill. Most shapes do not. */
export function isFilled(shape: StructureShape | UnionShape, direction: Direction): boolean {
  return known[direction](shape).any;
}

/** Whether any input or output of the operation contains anything to fill. */
export function fills({ input, output, errors = [] }: Operation): boolean {
  const received = [output, ...errors.map(({ shape }) => shape)];
  return isFilled(input, "input") || received.some((shape) => isFilled(shape, "output"));
}

const known = { input: looking("input"), output: looking("output") };

function looking(direction: Direction) {
  return oncePer((shape: StructureShape | UnionShape): { readonly any: boolean } => {
    const reached = new Set([shape]);
    // Iterating a Set also visits entries added during the iteration.
    for (const { members } of reached) {
      for (const member of Object.values(members)) {
        if (isFilledMember(member, direction)) return { any: true };
        const inner = innermost(member);
        if ("target" in inner) reached.add(targetOf(inner));
      }
    }
    return { any: false };
  });
}
