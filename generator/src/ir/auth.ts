import type { Model, OperationShape, ServiceShape, ShapeId } from "../ast/model.js";
import { compare } from "./closure.js";
import { hasTrait, listTrait } from "./traits.js";

/** What generated clients authenticate by. */
export const supportedSchemes: ReadonlySet<ShapeId> = new Set(["aws.auth#sigv4"]);

const knownScheme = /^(aws\.auth#sigv4a?|smithy\.api#http(Basic|Digest|Bearer|ApiKey)Auth)$/;

/**
 * The authentication schemes that a service offers: those that its `smithy.api#auth` names, otherwise all whose traits
 * it has, by their ids.
 *
 * @see https://smithy.io/2.0/spec/authentication-traits.html#auth-trait
 */
export function serviceSchemes(model: Model, { traits }: ServiceShape): ShapeId[] {
  const isScheme = (id: ShapeId): boolean => {
    const definition = model.shapes.get(id);
    return (
      knownScheme.test(id) || (definition !== undefined && hasTrait(definition.traits, "smithy.api#authDefinition"))
    );
  };
  return namedSchemes(traits) ?? Object.keys(traits).filter(isScheme).toSorted(compare);
}

/** The schemes that serve one operation: its own `smithy.api#auth` counts, otherwise what the service offers. */
export function operationSchemes(model: Model, service: ServiceShape, operation: OperationShape): ShapeId[] {
  return namedSchemes(operation.traits) ?? serviceSchemes(model, service);
}

/** `none`: sent unsigned; `optional`: works unsigned too; undefined: as the service says. */
export function operationAuth(
  model: Model,
  service: ServiceShape,
  operation: OperationShape,
): "none" | "optional" | undefined {
  const named = namedSchemes(operation.traits) ?? namedSchemes(service.traits);
  if (named?.length === 0) return "none";
  if (!hasTrait(operation.traits, "smithy.api#optionalAuth")) return undefined;
  const schemes = operationSchemes(model, service, operation);
  return schemes.length === 0 || schemes.some((id) => supportedSchemes.has(id)) ? "optional" : "none";
}

function namedSchemes(traits: ServiceShape["traits"]): ShapeId[] | undefined {
  return listTrait(traits, "smithy.api#auth")?.filter((id) => typeof id === "string");
}
