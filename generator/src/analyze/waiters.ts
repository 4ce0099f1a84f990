import type { OperationShape, ShapeId } from "../model/model.js";
import { quote } from "../model/source/quote.js";
import type { Diagnostic } from "../diagnostics.js";
import { compileMatcher } from "../jmespath/matcher.js";
import { bothRoots, rootOf } from "../jmespath/root.js";
import { JmespathProblem } from "../jmespath/syntax.js";
import { compare } from "./closure.js";
import type { AcceptorIr, PathMatcherIr, ShapeIr, StructureIr, WaiterIr } from "../ir/ir.js";
import { docFacts, recordTrait } from "./traits.js";

/** An operation with the input, output and errors that its waiters inspect. */
export interface WaitableOperation {
  readonly shape: OperationShape;
  readonly input: StructureIr | undefined;
  readonly output: StructureIr | undefined;
  readonly errors: readonly StructureIr[];
  readonly shapes: ReadonlyMap<ShapeId, ShapeIr>;
}

type Trait = Readonly<Record<string, unknown>>;

/**
 * `smithy.waiters#waitable` of an operation. A waiter that cannot work is left out, with a warning.
 *
 * @param taken operations of the service's waiters so far, by waiter name in lower case
 * @see https://smithy.io/2.0/additional-specs/waiters.html
 */
export function readWaiters(
  operation: WaitableOperation,
  taken: Map<string, ShapeId>,
  report: (diagnostic: Diagnostic) => void,
): WaiterIr[] {
  const trait = recordTrait(operation.shape.traits, "smithy.waiters#waitable") ?? {};
  const names = Object.keys(trait).toSorted(compare);
  return names.flatMap((name) => {
    const leaveOut = (code: string, why: string): [] => {
      const message = `The waiter ${name} is left out: ${why}`;
      report({ severity: "warning", code, shapeId: operation.shape.id, message });
      return [];
    };
    const other = taken.get(name.toLowerCase());
    if (other !== undefined)
      return leaveOut("duplicate-waiter", `${other} has a waiter of the same name, ignoring case.`);
    taken.set(name.toLowerCase(), operation.shape.id);
    const waiter = readWaiter(name, recordTrait(trait, name) ?? {}, operation);
    const problem = pathProblem(waiter, operation);
    return problem === undefined ? [waiter] : leaveOut("unusable-waiter", problem);
  });
}

function readWaiter(name: string, trait: Trait, operation: WaitableOperation): WaiterIr {
  const { documentation, deprecated, acceptors, minDelay = 2, maxDelay = 120, maxAttempts } = trait;
  const facts = docFacts({
    "smithy.api#documentation": documentation,
    ...(deprecated === true && { "smithy.api#deprecated": {} }),
  });
  return {
    name,
    facts,
    // The model reader has validated these types.
    minDelay: minDelay as number,
    maxDelay: maxDelay as number,
    maxAttempts: typeof maxAttempts === "number" ? maxAttempts : undefined,
    acceptors: (acceptors as readonly { readonly state: AcceptorIr["state"]; readonly matcher: Trait }[]).map(
      ({ state, matcher }) => ({ state, matcher: readMatcher(matcher, operation) }),
    ),
  };
}

function readMatcher(trait: Trait, { errors }: WaitableOperation): AcceptorIr["matcher"] {
  const { success, errorType, status, output, inputOutput } = trait;
  if (typeof success === "boolean") return { kind: "success", success };
  if (typeof errorType === "string") return { kind: "errorType", name: errorName(errorType, errors) };
  if (typeof status === "number") return { kind: "status", status };
  const kind = output === undefined ? "inputOutput" : "output";
  const { path, comparator, expected } = (output ?? inputOutput) as PathMatcherIr;
  return { kind, path, comparator, expected };
}

/** Models name an error by its shape ID, its shape name, or its awsQuery code. */
function errorName(errorType: string, errors: readonly StructureIr[]): string {
  const name = errorType.slice(errorType.indexOf("#") + 1);
  if (errors.some((error) => error.name === name)) return name;
  return errors.find(({ error }) => error?.queryErrorCode === name)?.name ?? name;
}

/** Problem of the first invalid path of a waiter. Undefined if all paths are valid. */
function pathProblem({ acceptors }: WaiterIr, operation: WaitableOperation): string | undefined {
  for (const [index, { matcher }] of acceptors.entries()) {
    if (matcher.kind !== "output" && matcher.kind !== "inputOutput") continue;
    try {
      compileMatcher(matcher, matcherRoot(matcher.kind, operation), { shapes: operation.shapes, runtime: {} });
    } catch (error) {
      if (!(error instanceof JmespathProblem)) throw error;
      return `in acceptor ${index + 1}, at character ${error.at + 1} of ${quote(matcher.path)}: ${error.message}.`;
    }
  }
  return undefined;
}

/** The value at which the paths of a matcher start. */
export function matcherRoot(
  kind: "output" | "inputOutput",
  { input, output }: Pick<WaitableOperation, "input" | "output">,
): ReturnType<typeof rootOf> {
  return kind === "output" ? rootOf("output", output) : bothRoots(input, output);
}
