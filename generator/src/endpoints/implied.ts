import { isObject, maxDepth } from "./expressions.js";
import { type Report, Scope } from "./scope.js";
import { parseTemplate } from "./template.js";
import type { Condition, ErrorRule, Expression, Reference, Variable } from "./tree.js";

/**
 * What a part of a rule takes for granted: the parameters that it uses as though they were set, though they may not be.
 * The rule is read as one that asks for them first, so that it does not apply where they are unset; a warning says so.
 *
 * @param check reads the part in a scope, and reports what is wrong with it there
 */
export function impliedConditions(
  part: unknown,
  scope: Scope,
  where: string,
  report: Report,
  check: (scope: Scope, report: Report) => unknown,
): Condition[] {
  if (isGood(scope, check)) return [];
  const unset = optionalReferences(part, scope);
  const inner = new Scope(scope);
  for (const reference of unset) inner.declareSet(reference);
  // What is wrong in other ways too is reported as it stands, by whoever reads the part next.
  if (unset.length === 0 || !isGood(inner, check)) return [];
  return unset.map((reference) => {
    scope.declareSet(reference);
    const { name } = reference.variable;
    report(where, `uses ${name} as though it were always set; the rule does not apply where it is unset`, "warning");
    return { value: isSet(reference), assign: undefined, implied: true };
  });
}

function isGood(scope: Scope, check: (scope: Scope, report: Report) => unknown): boolean {
  let good = true;
  check(scope, () => {
    good = false;
  });
  return good;
}

/** Rules to stand last: an error that names a parameter which other rules took for granted. */
export function missingParameters(implied: readonly Condition[]): ErrorRule[] {
  const references = implied.flatMap(({ value }) => (value.kind === "call" ? value.argv : []));
  const byVariable = new Map(
    references.flatMap((each) => (each.kind === "reference" ? [[each.variable, each] as const] : [])),
  );
  return [...byVariable.values()].map((reference) => ({
    kind: "error",
    conditions: [{ value: not(isSet(reference)), assign: undefined }],
    documentation: undefined,
    message: {
      kind: "literal",
      value: `No endpoint rule fits these parameters: ${reference.variable.name} is not set`,
      type: "string",
      optional: false,
    },
  }));
}

/** The parameters in a part of a rule that may be unset there. */
function optionalReferences(value: unknown, scope: Scope): Reference[] {
  const found = new Map<Variable, Reference>();
  for (const name of namesIn(value)) {
    const entry = scope.get(name);
    if (entry?.optional) found.set(entry.variable, { kind: "reference", ...entry });
  }
  return [...found.values()];
}

function namesIn(value: unknown, depth = 0): string[] {
  if (typeof value === "string") {
    return (parseTemplate(value) ?? []).flatMap((part) => (typeof part === "string" ? [] : part.name));
  }
  // What nests deeper is refused, whatever it names.
  if (typeof value !== "object" || value === null || depth > 3 * maxDepth) return [];
  if (isObject(value) && typeof value["ref"] === "string") return [value["ref"]];
  return Object.values(value).flatMap((item: unknown) => namesIn(item, depth + 1));
}

function isSet(value: Expression): Expression {
  return { kind: "call", fn: "isSet", argv: [value], type: "boolean", optional: false };
}

function not(value: Expression): Expression {
  return { kind: "call", fn: "not", argv: [value], type: "boolean", optional: false };
}
