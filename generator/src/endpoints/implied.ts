import { isSet, not } from "./conditions.js";
import { isObject, maxDepth } from "./expressions.js";
import { type Report, Scope } from "./scope.js";
import { parseTemplate } from "./template.js";
import type { Condition, ErrorRule, Reference, Variable } from "./tree.js";

/**
 * Implied conditions of a part of a rule: it uses optional parameters without a check that they are set. The rule is
 * read as if it checked them first, so it does not apply if they are unset. A warning is reported.
 *
 * @param check reads the part in a scope, and reports its problems there
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
  // A part with other problems too is left unchanged. The next reader of the part reports them.
  if (unset.length === 0 || !isGood(inner, check)) return [];
  return unset.map((reference) => {
    scope.declareSet(reference);
    const { name } = reference.variable;
    report(where, `uses ${name} without a check that it is set; the rule does not apply if it is unset`, "warning");
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

/** Final rules: errors that name an unset parameter that other rules required implicitly. */
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

/** Parameters in a part of a rule that may be unset there. */
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
  // Deeper nesting is rejected anyway.
  if (typeof value !== "object" || value === null || depth > 3 * maxDepth) return [];
  if (isObject(value) && typeof value["ref"] === "string") return [value["ref"]];
  return Object.values(value).flatMap((item: unknown) => namesIn(item, depth + 1));
}
