import { isJsonObject } from "../source/json.js";
import { quote } from "../source/quote.js";

const states: readonly unknown[] = ["success", "failure", "retry"];
const comparators: readonly unknown[] = ["stringEquals", "booleanEquals", "allStringEquals", "anyStringEquals"];

/** Checks of the value of each kind of matcher. */
const matchers: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ["output", isPathMatcher],
  ["inputOutput", isPathMatcher],
  ["success", (value) => typeof value === "boolean"],
  ["errorType", (value) => typeof value === "string" && value !== ""],
  // Not part of Smithy: waiters of api-2 may match an error by its HTTP status only.
  ["status", Number.isInteger],
]);

/**
 * Why a value of `smithy.waiters#waitable` is invalid. Undefined if it is valid.
 *
 * @see https://smithy.io/2.0/additional-specs/waiters.html
 */
export function waitersProblem(value: unknown): string | undefined {
  if (!isJsonObject(value)) return "must be an object of waiters";
  for (const [name, definition] of Object.entries(value)) {
    const waiter = `the waiter ${quote(name)}`;
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name))
      return `names ${waiter}, but a name must be of letters and digits, in PascalCase`;
    if (!isJsonObject(definition)) return `must have an object for ${waiter}`;
    const { acceptors, minDelay = 2, maxDelay = 120 } = definition;
    if (!Array.isArray(acceptors)) return `must have a list of acceptors for ${waiter}`;
    for (const [index, acceptor] of (acceptors as unknown[]).entries()) {
      const problem = acceptorProblem(acceptor);
      if (problem !== undefined) return `must have ${problem} in acceptor ${index + 1} of ${waiter}`;
    }
    if (!(acceptors as unknown[]).some((acceptor) => isJsonObject(acceptor) && acceptor["state"] === "success")) {
      return `has no acceptor for success of ${waiter}, which would never end`;
    }
    if (!isDelay(minDelay) || !isDelay(maxDelay) || minDelay > maxDelay) {
      return `must have whole seconds from 1 for the minDelay and maxDelay of ${waiter}, the first not above the second`;
    }
  }
  return undefined;
}

function acceptorProblem(acceptor: unknown): string | undefined {
  if (!isJsonObject(acceptor)) return "an object";
  if (!states.includes(acceptor["state"])) return `one of the states ${states.join(", ")}`;
  const { matcher } = acceptor;
  const [only, ...others] = isJsonObject(matcher) ? Object.entries(matcher) : [];
  if (!only || others.length > 0) return `exactly one matcher (${[...matchers.keys()].join(", ")})`;
  const [kind, value] = only;
  const fits = matchers.get(kind);
  if (!fits) return `one of the matchers ${[...matchers.keys()].join(", ")}, not ${quote(kind)},`;
  return fits(value) ? undefined : `a fitting value for its matcher ${kind}`;
}

function isPathMatcher(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    typeof value["path"] === "string" &&
    typeof value["expected"] === "string" &&
    comparators.includes(value["comparator"])
  );
}

function isDelay(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1;
}
