import type { Model, OperationShape, ServiceShape, ShapeId } from "../model/model.js";
import { compare } from "./closure.js";
import { hasTrait, listTrait, recordTrait } from "./traits.js";
import type { AuthSchemeIr } from "../ir/ir.js";

/** What generated clients authenticate by, by the trait. */
export const supportedSchemes: ReadonlyMap<ShapeId, AuthSchemeIr> = new Map<ShapeId, AuthSchemeIr>([
  ["aws.auth#sigv4", "sigv4"],
  ["aws.auth#sigv4a", "sigv4a"],
  ["smithy.api#httpBearerAuth", "bearer"],
]);

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

/**
 * Of the schemes those that are supported, in their order. A signature is always possible, so of its two versions the
 * later one in the list never gets its turn.
 */
export function usableSchemes(schemes: readonly ShapeId[]): AuthSchemeIr[] {
  const supported = schemes.flatMap((id) => supportedSchemes.get(id) ?? []);
  const signature = supported.find((scheme) => scheme !== "bearer");
  return supported.filter((scheme) => scheme === "bearer" || scheme === signature);
}

/** An operation's usable schemes, where it names its own and they differ from the service's. */
export function ownSchemes(model: Model, service: ServiceShape, operation: OperationShape): AuthSchemeIr[] | undefined {
  const own = usableSchemes(namedSchemes(operation.traits) ?? []);
  const common = usableSchemes(serviceSchemes(model, service));
  const usual = common.length > 0 ? common : ["sigv4"];
  return own.length === 0 || own.join() === usual.join() ? undefined : own;
}

/** What the service signs for: the `name` of its signature's trait. */
export function signingNameOf({ traits }: Pick<ServiceShape, "traits">): string | undefined {
  const name = (recordTrait(traits, "aws.auth#sigv4") ?? recordTrait(traits, "aws.auth#sigv4a"))?.["name"];
  return typeof name === "string" ? name : undefined;
}

function namedSchemes(traits: ServiceShape["traits"]): ShapeId[] | undefined {
  return listTrait(traits, "smithy.api#auth")?.filter((id) => typeof id === "string");
}
