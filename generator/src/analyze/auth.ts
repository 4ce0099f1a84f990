import type { Model, OperationShape, ServiceShape, ShapeId } from "../model/model.js";
import { compare } from "./closure.js";
import { hasTrait, listTrait, recordTrait } from "./traits.js";
import type { AuthSchemeIr } from "../ir/support.js";

/** An auth scheme that generated clients can use. */
export interface AuthSchemeSupport extends Omit<AuthSchemeIr, "arguments"> {
  /** The function for a service outside AWS, if there is another one. */
  readonly plainSymbol?: string | undefined;
  /** What the function is called with for the trait of a service, as data. Default: nothing. */
  arguments?(trait: unknown): readonly unknown[];
}

const login = { names: ["login"], type: "LoginOptions" };

/** The auth schemes of the runtime. */
export const authSchemes: readonly AuthSchemeSupport[] = [
  { id: "aws.auth#sigv4", name: "sigv4", family: "sigv4", symbol: "sigv4" },
  { id: "aws.auth#sigv4a", name: "sigv4a", family: "sigv4", symbol: "sigv4a" },
  {
    id: "aws.auth#sigv4s3express",
    name: "sigv4-s3express",
    family: "sigv4",
    symbol: "sigv4S3Express",
    operation: "CreateSession",
  },
  {
    id: "smithy.api#httpBearerAuth",
    name: "bearer",
    family: "bearer",
    symbol: "bearer",
    plainSymbol: "httpBearer",
    options: { names: ["token"], type: "TokenOptions" },
  },
  {
    id: "smithy.api#httpApiKeyAuth",
    name: "httpApiKeyAuth",
    family: "httpApiKeyAuth",
    symbol: "httpApiKey",
    arguments: (trait) => [trait],
    options: { names: ["apiKey"], type: "ApiKeyOptions" },
  },
  {
    id: "smithy.api#httpBasicAuth",
    name: "httpBasicAuth",
    family: "httpBasicAuth",
    symbol: "httpBasic",
    options: login,
  },
  {
    id: "smithy.api#httpDigestAuth",
    name: "httpDigestAuth",
    family: "httpDigestAuth",
    symbol: "httpDigest",
    options: login,
  },
];

/** The schemes as one service uses them: with the arguments from the values of its traits. */
export function schemesFor(
  { traits }: Pick<ServiceShape, "traits">,
  isAws: boolean,
  supported: readonly AuthSchemeSupport[],
): readonly AuthSchemeIr[] {
  return supported.map(({ arguments: argumentsFor, plainSymbol, ...scheme }) => {
    const given = hasTrait(traits, scheme.id) ? argumentsFor?.(traits[scheme.id]) : undefined;
    const symbol = isAws ? scheme.symbol : (plainSymbol ?? scheme.symbol);
    return { ...scheme, symbol, ...(given && { arguments: given }) };
  });
}

export function isSupported(id: ShapeId, supported: readonly Pick<AuthSchemeIr, "id">[]): boolean {
  return supported.some((scheme) => scheme.id === id);
}

const knownScheme = /^(aws\.auth#sigv4a?|smithy\.api#http(Basic|Digest|Bearer|ApiKey)Auth)$/;

/**
 * Shape IDs of the auth schemes of a service: the list in its `smithy.api#auth` trait, otherwise every auth scheme
 * whose trait is applied to it, sorted by shape ID.
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

/** Auth schemes of one operation: those of its own `smithy.api#auth` trait, otherwise those of the service. */
export function operationSchemes(model: Model, service: ServiceShape, operation: OperationShape): ShapeId[] {
  return namedSchemes(operation.traits) ?? serviceSchemes(model, service);
}

/** `none`: requests are sent unsigned. `optional`: unsigned requests work too. Undefined: as the service declares. */
export function operationAuth(
  model: Model,
  service: ServiceShape,
  operation: OperationShape,
  supported: readonly AuthSchemeIr[],
): "none" | "optional" | undefined {
  const named = namedSchemes(operation.traits) ?? namedSchemes(service.traits);
  if (named?.length === 0) return "none";
  if (!hasTrait(operation.traits, "smithy.api#optionalAuth")) return undefined;
  const schemes = operationSchemes(model, service, operation);
  return schemes.length === 0 || schemes.some((id) => isSupported(id, supported)) ? "optional" : "none";
}

/**
 * The supported schemes of a list, in its order: of each family the first, and others that the endpoint rules name. The
 * schemes of a family use the same identity, so that another one would never be chosen.
 */
export function usableSchemes(
  schemes: readonly ShapeId[],
  { traits }: Pick<ServiceShape, "traits">,
  supported: readonly AuthSchemeIr[],
): AuthSchemeIr[] {
  const listed = schemes.flatMap((id) => supported.find((scheme) => scheme.id === id) ?? []);
  const first = listed.filter((scheme, index) => listed.findIndex(({ family }) => family === scheme.family) === index);
  const rules = JSON.stringify(traits["smithy.rules#endpointRuleSet"] ?? traits["smithy.rules#endpointBdd"] ?? {});
  const named = supported.filter(
    (scheme) =>
      first.some(({ family }) => family === scheme.family) &&
      !first.includes(scheme) &&
      rules.includes(`"name":"${scheme.name}"`),
  );
  return [...first, ...named];
}

/** Usable schemes of an operation that declares its own. Undefined if they equal those of the service. */
export function ownSchemes(
  model: Model,
  service: ServiceShape,
  operation: OperationShape,
  supported: readonly AuthSchemeIr[],
): AuthSchemeIr[] | undefined {
  const named = namedSchemes(operation.traits);
  if (!named) return undefined;
  const own = usableSchemes(named, service, supported);
  const common = usableSchemes(serviceSchemes(model, service), service, supported);
  const isSame = own.length === common.length && own.every((scheme, index) => scheme === common[index]);
  return own.length === 0 || isSame ? undefined : own;
}

/** The SigV4 signing name: `name` of the service's `aws.auth#sigv4` or `aws.auth#sigv4a` trait. */
export function signingNameOf({ traits }: Pick<ServiceShape, "traits">): string | undefined {
  const name = (recordTrait(traits, "aws.auth#sigv4") ?? recordTrait(traits, "aws.auth#sigv4a"))?.["name"];
  return typeof name === "string" ? name : undefined;
}

function namedSchemes(traits: ServiceShape["traits"]): ShapeId[] | undefined {
  return listTrait(traits, "smithy.api#auth")?.filter((id) => typeof id === "string");
}
