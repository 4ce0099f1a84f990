import { type ValidationIssue, ConnectionError, ValidationError } from "../errors/client.js";
import type { Member, StructureShape, UnionShape } from "../schema/shapes.js";
import { describeType, integerLimits } from "../schema/values.js";
import { nearest } from "../text/nearest.js";
import type { Breach, MeasuredMember, Problem } from "./context.js";
import { findProblems } from "./full-check.js";
import type { ValidationRules } from "./types.js";

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

/** The error for an input that breaks its model; undefined for one that was only not accepted at the first look. */
export function invalidInput(
  shape: StructureShape,
  input: object,
  rules: ValidationRules,
): ValidationError | undefined {
  const problems = findProblems(shape, input, rules);
  return problems.length > 0 ? new ValidationError(shape.name, problems.map(issueOf)) : undefined;
}

/** The error for a call that is begun once the client was closed. */
export function closedClient(service: string): ConnectionError {
  const message = `This client of ${service} was closed, and begins no calls any more: make another one.`;
  return new ConnectionError(message, { systemCode: "UND_ERR_CLOSED", sent: false });
}

/** The error for an input that is none. What it is instead is not quoted: it may be what the input was to hold. */
export function noInput(shape: StructureShape, input: unknown): ValidationError {
  const kind = Object.prototype.toString.call(input).slice("[object ".length, -1);
  const message = `must be an object with the members of ${shape.name}, but is of type ${kind}`;
  return new ValidationError(shape.name, [{ path: [], rule: "type", message }]);
}

/** The error for an input that the protocol cannot write: it gets that far only where validation is off. */
export function unwritableInput(shape: StructureShape, cause: unknown): ValidationError {
  const message = `cannot be sent: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new ValidationError(shape.name, [{ path: [], rule: "type", message }], { cause });
}
