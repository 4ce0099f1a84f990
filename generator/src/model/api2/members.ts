import { isJsonObject, type Json } from "../source/json.js";
import { quote } from "../source/quote.js";
import { inside, type PathPlace } from "../source/source.js";
import { type Api2Context, present } from "./context.js";

const timestampFormats: ReadonlyMap<unknown, string> = new Map([
  ["iso8601", "date-time"],
  ["rfc822", "http-date"],
  ["unixTimestamp", "epoch-seconds"],
]);

/** What is said of a member, wherever its shape is defined: its documentation, its constraints and what it is for. */
export function commonTraits(json: Json, place: PathPlace, id: string, context: Api2Context): Record<string, unknown> {
  const flag = (property: string): object | undefined =>
    context.value(json, property, "boolean", place, id) === true ? {} : undefined;
  return present({
    "smithy.api#documentation": context.value(json, "documentation", "string", place, id),
    "smithy.api#deprecated": deprecation(json, place, id, context),
    "smithy.api#sensitive": flag("sensitive"),
    "smithy.api#streaming": flag("streaming") ?? flag("eventstream"),
    "smithy.api#requiresLength": flag("requiresLength"),
    "smithy.api#idempotencyToken": flag("idempotencyToken"),
    "smithy.api#hostLabel": flag("hostLabel"),
    "aws.api#clientEndpointDiscoveryId": flag("endpointdiscoveryid"),
    // The older clients take and give such text as the value that it holds.
    "smithy.api#mediaType": flag("jsonvalue") && "application/json",
    "smithy.api#timestampFormat": timestampFormat(json, place, id, context),
    "smithy.api#pattern": context.value(json, "pattern", "string", place, id),
  });
}

export function deprecation(json: Json, place: PathPlace, id: string, context: Api2Context): object | undefined {
  if (context.value(json, "deprecated", "boolean", place, id) !== true) return undefined;
  return present({
    message: context.value(json, "deprecatedMessage", "string", place, id),
    since: context.value(json, "deprecatedSince", "string", place, id),
  });
}

function timestampFormat(json: Json, place: PathPlace, id: string, context: Api2Context): string | undefined {
  const { timestampFormat: given } = json;
  const known = timestampFormats.get(given);
  if (given !== undefined && known === undefined) {
    const message = `timestampFormat must be one of ${[...timestampFormats.keys()].join(", ")}.`;
    context.error("invalid-property", message, inside(place, "timestampFormat"), id);
  }
  return known;
}

/** `min` and `max`, which count characters, bytes and items or limit a number. */
export function boundTraits(json: Json, type: string, place: PathPlace, id: string, context: Api2Context): Json {
  const min = context.value(json, "min", "number", place, id);
  const max = context.value(json, "max", "number", place, id);
  if (min === undefined && max === undefined) return {};
  if (["string", "blob", "list", "map"].includes(type)) return { "smithy.api#length": present({ min, max }) };
  return numbers.includes(type) ? { "smithy.api#range": present({ min, max }) } : {};
}

const numbers: readonly string[] = ["byte", "short", "integer", "long", "float", "double", "bigInteger", "bigDecimal"];

const places = ["header", "headers", "querystring", "statusCode", "uri"];

/** A member of a structure with the shape that it refers to, as far as its place on the wire goes. */
export interface BoundMember {
  readonly name: string;
  readonly json: Json;
  readonly type: string;
  /** The shape that it refers to, or it itself where it defines one. */
  readonly target: Json;
  readonly place: PathPlace;
  readonly id: string;
}

/** Where a member is sent, and under which name. */
export function bindingTraits(member: BoundMember, context: Api2Context): Record<string, unknown> {
  const { json, place, id, name } = member;
  const location = context.value(json, "location", "string", place, id);
  const locationName = context.value(json, "locationName", "string", place, id);
  if (location !== undefined && context.protocol?.isRest !== false) {
    return locationTraits(member, location, locationName ?? name, context);
  }
  switch (context.protocol?.name) {
    case "rest-json":
      return locationName === undefined || locationName === name ? {} : { "smithy.api#jsonName": locationName };
    case "json":
      if (locationName !== undefined && locationName !== name) {
        const message = `The protocol json sends members under their own names, so the locationName of ${name} cannot be kept.`;
        context.error("unsupported-location-name", message, inside(place, "locationName"), id);
      }
      return {};
    case "ec2":
    case "query":
    case "rest-xml":
      return xmlTraits(member, locationName, context);
    default:
      return {};
  }
}

function locationTraits(
  { type, place, id }: BoundMember,
  location: string,
  locationName: string,
  context: Api2Context,
): Record<string, unknown> {
  switch (location) {
    case "header":
      return { "smithy.api#httpHeader": locationName };
    case "headers":
      return { "smithy.api#httpPrefixHeaders": locationName };
    case "querystring":
      return type === "map" ? { "smithy.api#httpQueryParams": {} } : { "smithy.api#httpQuery": locationName };
    case "statusCode":
      return { "smithy.api#httpResponseCode": {} };
    case "uri":
      return { "smithy.api#httpLabel": {} };
    default: {
      const message = `The location ${quote(location)} is not known; members stand in ${places.join(", ")} or, without a location, in the body.`;
      context.error("unknown-location", message, inside(place, "location"), id);
      return {};
    }
  }
}

/** Names of elements, which the query protocols send as names of parameters. */
function xmlTraits(
  { json, target, type, place, id }: BoundMember,
  locationName: string | undefined,
  context: Api2Context,
): Record<string, unknown> {
  const flattened =
    context.value(json, "flattened", "boolean", place, id) ?? (target["flattened"] === true ? true : undefined);
  // Without an element around them, the items of a list have the name that the list gives them.
  const item = flattened && type === "list" && isJsonObject(target["member"]) ? target["member"] : {};
  const itemName = typeof item["locationName"] === "string" ? item["locationName"] : undefined;
  return present({
    "smithy.api#xmlName": itemName ?? locationName,
    "smithy.api#xmlFlattened": flattened && (type === "list" || type === "map") ? {} : undefined,
    "smithy.api#xmlAttribute": context.value(json, "xmlAttribute", "boolean", place, id) ? {} : undefined,
    // One that a structure has goes with it wherever it stands.
    "smithy.api#xmlNamespace": xmlNamespace({ xmlNamespace: target["xmlNamespace"], ...json }, place, id, context),
    "aws.protocols#ec2QueryName": context.value(json, "queryName", "string", place, id),
  });
}

export function xmlNamespace(json: Json, place: PathPlace, id: string, context: Api2Context): Json | undefined {
  const { xmlNamespace: given } = json;
  if (given === undefined) return undefined;
  if (typeof given === "string") return { uri: given };
  if (isJsonObject(given) && typeof given["uri"] === "string") {
    const { uri, prefix } = given;
    return present({ uri, prefix: typeof prefix === "string" ? prefix : undefined });
  }
  const message = "xmlNamespace must be a URI, or an object with uri and perhaps prefix.";
  context.error("invalid-property", message, inside(place, "xmlNamespace"), id);
  return undefined;
}
