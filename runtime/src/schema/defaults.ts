import { decodeBase64 } from "../text/bytes.js";
import { parseTimestamp } from "./timestamps.js";
import { oncePer, getOwn, isObject, setOwn } from "./values.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "./shapes.js";
import type { Operation } from "./service.js";

type Shape = StructureShape | UnionShape;
type Values = Record<string, unknown>;

/** What is to be done with the values of a shape: only members that need it are looked at. */
interface Plan {
  /** Members to fill where they are not set. */
  readonly missing: readonly { readonly name: string; readonly make: () => unknown }[];
  /** Members with something to fill inside. */
  readonly inside: readonly { readonly name: string; readonly member: Member }[];
}

/** Fills members that are not set, in one direction; a shape with nothing to fill gives the value itself. */
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
        return make ? [{ name, make }] : [];
      }),
      inside: members.flatMap(([name, member]) => {
        const inner = innermost(member);
        return "target" in inner && isFilled(targetOf(inner), this.#direction) ? [{ name, member }] : [];
      }),
    };
  }

  /** Undefined where the member may stay unset. */
  #maker(member: Member): (() => unknown) | undefined {
    if (!isFilledMember(member, this.#direction)) return undefined;
    return member.default === undefined
      ? () => this.#zeroValue(member)
      : () => defaultValue(member, member.default, this.#direction);
  }

  /** A caller's input is copied; an output, fresh from the reader, is nobody else's. */
  #fillShape(shape: Shape, value: Values, top: boolean): Values {
    const { missing, inside } = this.#planOf(shape);
    const filled = this.#direction === "output" ? value : { ...value };
    for (const { name, member } of inside) {
      const item = getOwn(value, name);
      if (item !== undefined && item !== null) setOwn(filled, name, this.#fillInside(member, item));
    }
    if (!top) return filled;
    for (const { name, make } of missing) {
      const item = getOwn(value, name);
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
   * The value that stands for a required member which a service has left out: the zero of its type. Of an enum it is a
   * value that the model does not know, of a union the unknown member.
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
 * A copy of the input where members of the structures in it that are not set have their `smithy.api#default`; the input
 * itself where there are none. Its own members are left out, so that the service can change their defaults.
 *
 * @see https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-serialization
 */
export function fillInput(shape: StructureShape, input: object): object {
  return inputs.fill(shape, input, false);
}

/**
 * Fills members of an output, or of an error, that are not set: with their `smithy.api#default`, and where the model
 * requires them and a service in error has left them out, with the zero of their type. Then they are what their types
 * promise. Changes the output in place.
 *
 * @see https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction
 */
export function fillOutput(shape: StructureShape, output: object): object {
  return outputs.fill(shape, output, true);
}

/** From the form of the model: its collections are empty or documents, and nobody else's to change. */
function defaultValue(member: Member, value: unknown, direction: Direction): unknown {
  switch ("type" in member ? member.type : undefined) {
    case "timestamp":
      return parseTimestamp(value, typeof value === "number" ? "epoch-seconds" : "date-time");
    case "blob":
      return decodeBase64(String(value));
    case "bigInteger":
      // Not by way of text, which a number from 1e21 on has with an exponent.
      return BigInt(value as string | number);
    case "long":
      // What the service is sent keeps its digits; what is read of its type is a number.
      return direction === "output" ? Number(value) : value;
    case "bigDecimal":
      return String(value);
    default:
      return typeof value === "object" ? structuredClone(value) : value;
  }
}

export type Direction = "input" | "output";

/** Whether a member that is not set is filled: with its default, or in an output with the zero of its type. */
export function isFilledMember(member: Member, direction: Direction): boolean {
  if (member.default !== undefined) return true;
  return direction === "output" && member.required === true && !member.clientOptional;
}

/** Whether something is to be filled somewhere in a value of the shape: most shapes have nothing. */
export function isFilled(shape: StructureShape | UnionShape, direction: Direction): boolean {
  return known[direction](shape).any;
}

/** Whether anything that the operation sends or reads is to be filled. */
export function fills({ input, output, errors = [] }: Operation): boolean {
  const answers = [output, ...errors.map(({ shape }) => shape)];
  return isFilled(input, "input") || answers.some((shape) => isFilled(shape, "output"));
}

/** What lists and maps hold in the end. */
export function innermost(member: Member): Member {
  if ("type" in member && member.type === "list") return innermost(member.member);
  if ("type" in member && member.type === "map") return innermost(member.value);
  return member;
}

const known = { input: looking("input"), output: looking("output") };

function looking(direction: Direction) {
  return oncePer((shape: StructureShape | UnionShape): { readonly any: boolean } => {
    const reached = new Set([shape]);
    // A set goes on to what is added while it is walked.
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
