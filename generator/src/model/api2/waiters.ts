import { isJsonObject, type Json } from "../source/json.js";
import { quote } from "../source/quote.js";
import { inside, type PathLocation } from "../source/source.js";
import { type Api2Context, present, setTrait } from "./context.js";

const known: ReadonlySet<string> = new Set("description operation delay maxAttempts acceptors".split(" "));
const states: readonly unknown[] = ["success", "failure", "retry"];

/** Converts an entry of `waiters-2.json` to Smithy's trait, extended by `status` and `maxAttempts`. */
export function readWaiter(name: string, json: Json, location: PathLocation, context: Api2Context): void {
  const operation = typeof json["operation"] === "string" ? json["operation"] : "";
  const id = context.id(operation);
  const shape = context.shapes[id];
  if (shape?.["type"] !== "operation") {
    const message = `The waiter ${quote(name)} is left out: there is no operation ${quote(operation)}.`;
    context.warn("unknown-operation", message, inside(location, "operation"));
    return;
  }
  context.warnOfOthers(json, known, location, id);
  const delay = seconds(json, "delay", location, id, context);
  const maxAttempts = seconds(json, "maxAttempts", location, id, context);
  const { acceptors } = json;
  if (!Array.isArray(acceptors)) {
    const message = `The waiter ${quote(name)} must have a list of acceptors.`;
    context.error("invalid-waiter", message, inside(location, "acceptors"), id);
    return;
  }
  const read = acceptors.map((acceptor: unknown, index) =>
    readAcceptor(acceptor, name, inside(location, "acceptors", index), id, context),
  );
  if (read.includes(undefined)) return;
  const waiter = present({
    documentation: context.value(json, "description", "string", location, id),
    acceptors: read,
    minDelay: delay,
    // Delays are constant in api-2. Smithy's default of `maxDelay` may be lower.
    maxDelay: delay === undefined ? undefined : Math.max(delay, 120),
    maxAttempts,
  });
  const traits = (shape["traits"] as Json | undefined) ?? {};
  const others = traits["smithy.waiters#waitable"] as Json | undefined;
  setTrait(id, "smithy.waiters#waitable", { ...others, [name]: waiter }, context);
}

function seconds(
  json: Json,
  property: string,
  location: PathLocation,
  id: string,
  context: Api2Context,
): number | undefined {
  const value = context.value(json, property, "number", location, id);
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return value;
  context.error("invalid-waiter", `${property} must be a whole number from 1.`, inside(location, property), id);
  return undefined;
}

function readAcceptor(
  json: unknown,
  name: string,
  location: PathLocation,
  id: string,
  context: Api2Context,
): Json | undefined {
  const matcher = isJsonObject(json) ? matcherOf(json) : undefined;
  if (isJsonObject(json) && matcher && states.includes(json["state"])) return { state: json["state"], matcher };
  const message = `The waiter ${quote(name)} must have acceptors with a state of ${states.join(", ")} and a matcher: path, pathAll or pathAny with an argument and an expected value, status with a number, or error with a code.`;
  context.error("invalid-waiter", message, location, id);
  return undefined;
}

function matcherOf({ matcher, expected, argument }: Json): Json | undefined {
  const output = (comparator: string): Json | undefined =>
    typeof argument === "string" ? { output: { path: argument, comparator, expected: String(expected) } } : undefined;
  switch (matcher) {
    case "path":
      if (typeof expected === "boolean") return output("booleanEquals");
      return typeof expected === "string" ? output("stringEquals") : undefined;
    case "pathAll":
      return typeof expected === "string" ? output("allStringEquals") : undefined;
    case "pathAny":
      return typeof expected === "string" ? output("anyStringEquals") : undefined;
    case "error":
      return typeof expected === "string" && expected !== "" ? { errorType: expected } : undefined;
    case "status":
      if (typeof expected !== "number") return undefined;
      return expected >= 200 && expected < 300 ? { success: true } : { status: expected };
    default:
      return undefined;
  }
}
