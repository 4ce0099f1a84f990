import { decodeBase64 } from "../text/bytes.js";
import { parseTimestamp } from "../time/timestamps.js";
import { oncePer } from "./once.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "./shapes.js";
import { getOwn, isObject, setOwn } from "./values.js";

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
  readonly #isOutput: boolean;
  readonly #planOf = oncePer((shape: Shape): Plan => this.#plan(shape));
  /** True where something is to be filled somewhere in a value of the shape: most shapes have nothing. */
  readonly #isNeeded = oncePer((shape: Shape): { readonly any: boolean } => {
    const reached = new Set<Shape>([shape]);
    // A set goes on to what is added while it is walked.
    for (const { members } of reached) {
      for (const member of Object.values(members)) {
        if (this.#maker(member)) return { any: true };
        const inner = innermost(member);
        if ("target" in inner) reached.add(targetOf(inner));
      }
    }
    return { any: false };
  });

  constructor(direction: "input" | "output") {
    this.#isOutput = direction === "output";
  }

  fill(shape: Shape, value: object, top: boolean): object {
    return this.#isNeeded(shape).any ? this.#fillShape(shape, value as Values, top) : value;
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
        return "target" in inner && this.#isNeeded(targetOf(inner)).any ? [{ name, member }] : [];
      }),
    };
  }

  /** Undefined where the member may stay unset. */
  #maker(member: Member): (() => unknown) | undefined {
    if (member.default !== undefined) return () => defaultValue(member, member.default);
    if (this.#isOutput && member.required && !member.clientOptional) return () => this.#zeroValue(member);
    return undefined;
  }

  /** A caller's input is copied; an output, fresh from the reader, is nobody else's. */
  #fillShape(shape: Shape, value: Values, top: boolean): Values {
    const { missing, inside } = this.#planOf(shape);
    const filled = this.#isOutput ? value : { ...value };
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

/** What lists and maps hold in the end. */
function innermost(member: Member): Member {
  if ("type" in member && member.type === "list") return innermost(member.member);
  if ("type" in member && member.type === "map") return innermost(member.value);
  return member;
}

/** From the form of the model: its collections are empty or documents, and nobody else's to change. */
function defaultValue(member: Member, value: unknown): unknown {
  switch ("type" in member ? member.type : undefined) {
    case "timestamp":
      return parseTimestamp(value, typeof value === "number" ? "epoch-seconds" : "date-time");
    case "blob":
      return decodeBase64(String(value));
    case "bigInteger":
      return BigInt(String(value));
    case "bigDecimal":
      return String(value);
    default:
      return typeof value === "object" ? structuredClone(value) : value;
  }
}
