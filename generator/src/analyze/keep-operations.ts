import type { Diagnostic } from "../diagnostics.js";
import type { OperationShape, ServiceShape } from "../model/model.js";
import { nearest } from "../text/nearest.js";
import { localName } from "./operations.js";
import { hasTrait, recordTrait } from "./traits.js";

/**
 * The operations that patterns name: `*` matches any letters, and what follows a `!` is left out. The operation that
 * finds the endpoint of another one stays with it.
 *
 * @returns a diagnostic for each pattern that matches nothing
 */
export function keepOperations(
  operations: readonly OperationShape[],
  service: ServiceShape,
  patterns: readonly string[] | undefined,
): { readonly kept: readonly OperationShape[]; readonly problems: readonly Diagnostic[] } {
  if (!patterns) return { kept: operations, problems: [] };
  const names = operations.map(({ id }) => localName(id));
  const problems = patterns
    .filter((pattern) => !names.some((name) => matches(pattern.replace(/^!/, ""), name)))
    .map((pattern): Diagnostic => {
      const near = nearest(pattern.replace(/^!/, ""), names);
      const advice = near === undefined ? "" : ` Did you mean ${near}?`;
      const message = `No operation is named ${pattern.replace(/^!/, "")}.${advice}`;
      return { severity: "error", code: "no-such-operation", shapeId: service.id, message };
    });
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!"));
  const unwanted = patterns.flatMap((pattern) => (pattern.startsWith("!") ? pattern.slice(1) : []));
  const chosen = operations.filter(({ id }) => {
    const name = localName(id);
    const isWanted = wanted.length === 0 || wanted.some((pattern) => matches(pattern, name));
    return isWanted && !unwanted.some((pattern) => matches(pattern, name));
  });
  const finder = recordTrait(service.traits, "aws.api#clientEndpointDiscovery")?.["operation"];
  const isFound = chosen.some(({ traits }) => hasTrait(traits, "aws.api#clientDiscoveredEndpoint"));
  const kept = operations.filter((operation) => chosen.includes(operation) || (isFound && operation.id === finder));
  return { kept, problems };
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[^\w]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
