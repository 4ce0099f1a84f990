import { isJsonObject, type Json } from "../source/json.js";
import { quote } from "../source/quote.js";
import { inside, type PathLocation } from "../source/source.js";
import { type Api2Context, present } from "./context.js";

const timestampFormats: ReadonlyMap<unknown, string> = new Map([
  ["iso8601", "date-time"],
  ["rfc822", "http-date"],
  ["unixTimestamp", "epoch-seconds"],
]);

/** Traits of a member that do not depend on its location on the wire: documentation, constraints and others. */
export function commonTraits(
  json: Json,
  location: PathLocation,
  id: string,
  context: Api2Context,
): Record<string, unknown> {
  const flag = (property: string): object | undefined =>
    context.value(json, property, "boolean", location, id) === true ? {} : undefined;
  return present({
    "smithy.api#documentation": context.value(json, "documentation", "string", location, id),
    "smithy.api#deprecated": deprecation(json, location, id, context),
    "smithy.api#sensitive": flag("sensitive"),
    "smithy.api#streaming": flag("streaming") ?? flag("eventstream"),
    "smithy.api#requiresLength": flag("requiresLength"),
    "smithy.api#idempotencyToken": flag("idempotencyToken"),
    "smithy.api#hostLabel": flag("hostLabel"),
    "smithy.api#eventHeader": flag("eventheader"),
    "smithy.api#eventPayload": flag("eventpayload"),
    "aws.api#clientEndpointDiscoveryId": flag("endpointdiscoveryid"),
    // AWS SDK v2 converts such a string from and to a JSON value.
    "smithy.api#mediaType": flag("jsonvalue") && "application/json",
    "smithy.api#timestampFormat": timestampFormat(json, location, id, context),
    "smithy.api#pattern": context.value(json, "pattern", "string", location, id),
  });
}

export function deprecation(json: Json, location: PathLocation, id: string, context: Api2Context): object | undefined {
  if (context.value(json, "deprecated", "boolean", location, id) !== true) return undefined;
  return present({
    message: context.value(json, "deprecatedMessage", "string", location, id),
    since: context.value(json, "deprecatedSince", "string", location, id),
  });
}

function timestampFormat(json: Json, location: PathLocation, id: string, context: Api2Context): string | undefined {
  const { timestampFormat: given } = json;
  const known = timestampFormats.get(given);
  if (given !== undefined && known === undefined) {
    const message = `timestampFormat must be one of ${[...timestampFormats.keys()].join(", ")}.`;
    context.error("invalid-property", message, inside(location, "timestampFormat"), id);
  }
  return known;
}

/** `min` and `max`: a length in characters, bytes or items, or the range of a number. */
export function boundTraits(json: Json, type: string, location: PathLocation, id: string, context: Api2Context): Json {
  const min = context.value(json, "min", "number", location, id);
  const max = context.value(json, "max", "number", location, id);
  if (min === undefined && max === undefined) return {};
  if (["string", "blob", "list", "map"].includes(type)) return { "smithy.api#length": present({ min, max }) };
  return numbers.includes(type) ? { "smithy.api#range": present({ min, max }) } : {};
}

const numbers: readonly string[] = ["byte", "short", "integer", "long", "float", "double", "bigInteger", "bigDecimal"];

const wireLocations = ["header", "headers", "querystring", "statusCode", "uri"];

/** A member of a structure with its target shape, as needed for HTTP and XML bindings. */
export interface BoundMember {
  readonly name: string;
  readonly json: Json;
  readonly type: string;
  /** The target shape, or the member itself if it defines its shape inline. */
  readonly target: Json;
  readonly location: PathLocation;
  readonly id: string;
}

/** Traits for the location and name of a member on the wire. */
export function bindingTraits(member: BoundMember, context: Api2Context): Record<string, unknown> {
  const { json, location, id, name } = member;
  const wireLocation = context.value(json, "location", "string", location, id);
  const locationName = context.value(json, "locationName", "string", location, id);
  if (wireLocation !== undefined && context.protocol?.isRest !== false) {
    return locationTraits(member, wireLocation, locationName ?? name, context);
  }
  switch (context.protocol?.name) {
    case "rest-json":
      return locationName === undefined || locationName === name ? {} : { "smithy.api#jsonName": locationName };
    case "json":
    case "smithy-rpc-v2-cbor":
      if (locationName !== undefined && locationName !== name) {
        const message = `The protocol ${context.protocol.name} sends members under their own names, so the locationName of ${name} cannot be kept.`;
        context.error("unsupported-location-name", message, inside(location, "locationName"), id);
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
  { type, location, id }: BoundMember,
  wireLocation: string,
  locationName: string,
  context: Api2Context,
): Record<string, unknown> {
  switch (wireLocation) {
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
      const message = `The location ${quote(wireLocation)} is not known; known locations are ${wireLocations.join(", ")}. Members without a location are in the body.`;
      context.error("unknown-location", message, inside(location, "location"), id);
      return {};
    }
  }
}

/** XML names, which the query protocols use as parameter names. */
function xmlTraits(
  { json, target, type, location, id }: BoundMember,
  locationName: string | undefined,
  context: Api2Context,
): Record<string, unknown> {
  const flattened =
    context.value(json, "flattened", "boolean", location, id) ?? (target["flattened"] === true ? true : undefined);
  // Items of a flattened list have no enclosing element, and the name that the list declares.
  const item = flattened && type === "list" && isJsonObject(target["member"]) ? target["member"] : {};
  const itemName = typeof item["locationName"] === "string" ? item["locationName"] : undefined;
  return present({
    "smithy.api#xmlName": itemName ?? locationName,
    "smithy.api#xmlFlattened": flattened && (type === "list" || type === "map") ? {} : undefined,
    "smithy.api#xmlAttribute": context.value(json, "xmlAttribute", "boolean", location, id) ? {} : undefined,
    // The namespace of a structure applies to all members that target it.
    "smithy.api#xmlNamespace": xmlNamespace({ xmlNamespace: target["xmlNamespace"], ...json }, location, id, context),
    "aws.protocols#ec2QueryName": context.value(json, "queryName", "string", location, id),
  });
}

export function xmlNamespace(json: Json, location: PathLocation, id: string, context: Api2Context): Json | undefined {
  const { xmlNamespace: given } = json;
  if (given === undefined) return undefined;
  if (typeof given === "string") return { uri: given };
  if (isJsonObject(given) && typeof given["uri"] === "string") {
    const { uri, prefix } = given;
    return present({ uri, prefix: typeof prefix === "string" ? prefix : undefined });
  }
  const message = "xmlNamespace must be a URI, or an object with uri and perhaps prefix.";
  context.error("invalid-property", message, inside(location, "xmlNamespace"), id);
  return undefined;
}
