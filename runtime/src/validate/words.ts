import type { ValidationIssue } from "../errors/validation.js";
import type { Member, StructureShape, UnionShape } from "../schema/shapes.js";
import { describeType, integerLimits } from "../schema/values.js";
import { nearest } from "../text/nearest.js";
import type { Breach, MeasuredMember, Problem } from "./problem.js";

/** A value for a message: quoted, cut short, and left out where it is sensitive. */
type Quote = (value: string | number) => string;

/** A problem in words, for people. */
export function issueOf({ path, breach, sensitive }: Problem): ValidationIssue {
  const hidden = sensitive || isSensitive(breach);
  const quote: Quote = (value) => {
    if (hidden) return "the value given (sensitive, not shown)";
    // NaN and infinities have no form in JSON.
    const text = typeof value === "number" ? String(value) : JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
  };
  return { path, rule: breach.rule, message: messageOf(breach, quote) };
}

function isSensitive(breach: Breach): boolean {
  if ("member" in breach) return breach.member.sensitive === true;
  return "wanted" in breach && "sensitive" in breach.wanted && breach.wanted.sensitive === true;
}

function messageOf(breach: Breach, quote: Quote): string {
  switch (breach.rule) {
    case "required":
      return "is required";
    case "type":
      if ("tooDeep" in breach) return "is nested too deeply; it may refer to itself";
      if ("hole" in breach) return `must not be ${String(breach.hole)}`;
      return wrongType(breach.wanted, breach.value, quote);
    case "unknown": {
      const near = nearest(breach.name, Object.keys(breach.shape.members));
      return `is no member of ${breach.shape.name}${near ? `; did you mean ${near}?` : ""}`;
    }
    case "union": {
      const found = breach.set.length === 0 ? "none is" : `${breach.set.join(", ")} are`;
      return `must have exactly one member of ${breach.shape.name} set, but ${found}`;
    }
    case "length": {
      const { min = 0, max } = breach.member.length ?? {};
      const limit = breach.size < min ? `least ${counted(min, breach.member)}` : `most ${counted(max, breach.member)}`;
      return `must have at ${limit}, but has ${breach.size}`;
    }
    case "range": {
      const { min = -Infinity, max } = breach.member.range ?? {};
      const limit = breach.value < min ? `least ${min}` : `most ${max}`;
      return `must be at ${limit}, but is ${quote(breach.value)}`;
    }
    case "pattern": {
      const { pattern = "", patternFlags = "u" } = breach.member;
      return `must match ${String(new RegExp(pattern, patternFlags))}, but is ${quote(breach.value)}`;
    }
    case "enum": {
      const known = Object.values<string | number>(breach.member.enum ?? {}).map((item) => JSON.stringify(item));
      const found = typeof breach.value === "string" ? `, but is ${quote(breach.value)}` : "";
      return `must be one of ${known.join(", ")}${found}`;
    }
    case "uniqueItems":
      return "must not hold the same item twice";
  }
}

const units = { string: "character", blob: "byte", list: "item", map: "entry" } as const;

function counted(count: number | undefined, { type }: MeasuredMember): string {
  if (count === 1) return `1 ${units[type]}`;
  return `${count} ${type === "map" ? "entries" : `${units[type]}s`}`;
}

function wrongType(wanted: Member | StructureShape | UnionShape, value: unknown, quote: Quote): string {
  const type = "target" in wanted ? "structure" : wanted.type;
  const sentence = (what: string): string => `must be ${what}, but is ${describeType(value)}`;
  switch (type) {
    case "string":
      return sentence("a string");
    case "boolean":
      return sentence("a boolean");
    case "timestamp":
      return sentence("a valid Date");
    case "blob":
      return sentence(
        "streaming" in wanted
          ? "a string, a Uint8Array, a Blob, a ReadableStream or an AsyncIterable of Uint8Array"
          : "a Uint8Array",
      );
    case "document":
      return sentence("a JSON value");
    case "list":
      return sentence("an array");
    case "map":
    case "structure":
    case "union":
      return sentence("an object");
    case "float":
    case "double":
      return sentence("a number");
    case "bigInteger":
      return sentence("a bigint");
    case "bigDecimal":
      return sentence("a decimal number in a string");
    case "long":
      if (typeof value === "bigint") return "must fit in 64 bits";
      if (typeof value === "number") return "must be a whole number; beyond 2^53 - 1 give a bigint";
      return sentence("a whole number");
    default: {
      if (typeof value !== "number") return sentence("a whole number");
      const limit = integerLimits[type];
      const { min = -limit, max = limit - 1 } = ("range" in wanted && wanted.range) || {};
      return `must be a whole number from ${min} to ${max}, but is ${quote(value)}`;
    }
  }
}
