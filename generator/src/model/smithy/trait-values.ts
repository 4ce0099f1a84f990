import { enumTraitProblem } from "./enum-trait.js";
import { isShapeId } from "../source/ids.js";
import { isJsonObject } from "../source/json.js";
import { waitersProblem } from "./waiter-values.js";

/** Returns why a trait value is invalid, or undefined if it is valid. */
export type ValueCheck = (value: unknown) => string | undefined;

/** Whether a value is an object with a string property of that name. */
function has(item: unknown, property: string): boolean {
  return isJsonObject(item) && typeof item[property] === "string";
}

const annotation: ValueCheck = (value) =>
  isJsonObject(value) || value === true ? undefined : "must be an empty object";
const string: ValueCheck = (value) => (typeof value === "string" ? undefined : "must be a string");
const name: ValueCheck = (value) =>
  typeof value === "string" && value !== "" ? undefined : "must be a string that is not empty";
const object: ValueCheck = (value) => (isJsonObject(value) ? undefined : "must be an object");

function oneOf(...values: readonly string[]): ValueCheck {
  return (value) => (values.includes(value as string) ? undefined : `must be one of ${values.join(", ")}`);
}

const length: ValueCheck = (value) =>
  bounds(value, (bound) => Number.isInteger(bound) && Number(bound) >= 0, "whole numbers from 0");
const range: ValueCheck = (value) => bounds(value, (bound) => typeof bound === "number", "numbers");

function bounds(value: unknown, test: (bound: unknown) => boolean, what: string): string | undefined {
  if (!isJsonObject(value)) return "must be an object with min, max or both";
  const { min, max } = value;
  if (min === undefined && max === undefined) return "must have min, max or both";
  if ([min, max].some((bound) => bound !== undefined && !test(bound))) return `must have ${what} for min and max`;
  return min !== undefined && max !== undefined && Number(min) > Number(max) ? "has a min above its max" : undefined;
}

const isStatus = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599;
const httpError: ValueCheck = (value) => (isStatus(value) ? undefined : "must be an HTTP status code");

/** Checks a header name, in which a line end would start another header. */
const headerName: ValueCheck = (value) =>
  typeof value === "string" && /^[\w!#$%&'*+.^`|~-]+$/.test(value) ? undefined : "must be the name of a header";
const headerPrefix: ValueCheck = (value) => (value === "" ? undefined : headerName(value));
const xmlName: ValueCheck = (value) =>
  typeof value === "string" && /^[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?$/.test(value) ? undefined : "must be an XML name";
const xmlNamespace: ValueCheck = (value) => (has(value, "uri") ? undefined : "must have a uri");

/** Any HTTP token is a valid method. Smithy has no further restriction. */
const http: ValueCheck = (value) => {
  if (!isJsonObject(value)) return "must be an object with method and uri";
  const { method, uri, code } = value;
  if (typeof method !== "string" || !/^[\w!#$%&'*+.^`|~-]+$/.test(method)) return "must have a method such as GET";
  if (typeof uri !== "string" || !uri.startsWith("/")) return "must have a uri that starts with /";
  if (/\/\/|#|\?$|[^\u0021-\u007e]/.test(uri)) return "must have a uri without //, #, blanks, or ? at its end";
  if (/\/\.\.?(\/|\?|$)/.test(uri)) return "must have a uri without the segments . and ..";
  return code === undefined || isStatus(code) ? undefined : "must have an HTTP status code for its code";
};

const endpoint: ValueCheck = (value) =>
  isJsonObject(value) && typeof value["hostPrefix"] === "string" && /^[\w.{}-]+$/.test(value["hostPrefix"])
    ? undefined
    : "must have a hostPrefix of letters, digits, dots, hyphens and {labels}";

const auth: ValueCheck = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === "string" && isShapeId(item))
    ? undefined
    : "must be a list of ids of authentication traits";

/** The name becomes a part of the credential scope, which is separated by slashes. */
const sigv4: ValueCheck = (value) =>
  isJsonObject(value) && typeof value["name"] === "string" && /^[\w.-]+$/.test(value["name"])
    ? undefined
    : "must have the name to sign with, of letters, digits, dots, hyphens and underscores";

const apiKey: ValueCheck = (value) => {
  const { name: given, in: location, scheme } = isJsonObject(value) ? value : {};
  if (typeof given !== "string" || given === "" || (location !== "header" && location !== "query"))
    return 'must have a name, and in: "header" or "query"';
  if (scheme !== undefined && (location !== "header" || typeof scheme !== "string" || !token.test(scheme)))
    return "must have a scheme of letters, digits and hyphens, and only for a header";
  return location === "header" && !token.test(given) ? "must have a name that headers can have" : undefined;
};

const token = /^[\w!#$%&'*+.^`|~-]+$/;

const service: ValueCheck = (value) => {
  if (!isJsonObject(value)) return "must be an object with an sdkId";
  const { sdkId } = value;
  if (typeof sdkId !== "string" || !/^[A-Za-z][A-Za-z0-9]*( [A-Za-z0-9]+)*$/.test(sdkId))
    return "must have an sdkId of words of letters and digits, such as Cognito Sync";
  const other = serviceTexts.find((key) => value[key] !== undefined && typeof value[key] !== "string");
  return other === undefined ? undefined : `must have a string for ${other}`;
};

const serviceTexts = ["arnNamespace", "cloudFormationName", "cloudTrailEventSource", "docId", "endpointPrefix"];

const examples: ValueCheck = (value) =>
  Array.isArray(value) && value.every((item) => has(item, "title"))
    ? undefined
    : "must be a list of objects with a title";

/** Checks by trait. Other traits are not checked, because the generator does not know them. */
export const valueChecks: ReadonlyMap<string, ValueCheck> = new Map(
  Object.entries({
    "smithy.api#required": annotation,
    "smithy.api#clientOptional": annotation,
    "smithy.api#sensitive": annotation,
    "smithy.api#sparse": annotation,
    "smithy.api#uniqueItems": annotation,
    "smithy.api#readonly": annotation,
    "smithy.api#idempotent": annotation,
    "smithy.api#idempotencyToken": annotation,
    "smithy.api#streaming": annotation,
    "smithy.api#requiresLength": annotation,
    "smithy.api#httpLabel": annotation,
    "smithy.api#httpPayload": annotation,
    "smithy.api#httpResponseCode": annotation,
    "smithy.api#httpQueryParams": annotation,
    "smithy.api#xmlAttribute": annotation,
    "smithy.api#xmlFlattened": annotation,
    "smithy.api#hostLabel": annotation,
    "smithy.api#documentation": string,
    "smithy.api#title": string,
    "smithy.api#pattern": string,
    "smithy.api#mediaType": name,
    "smithy.api#jsonName": name,
    "smithy.api#xmlName": xmlName,
    "smithy.api#httpHeader": headerName,
    "smithy.api#httpQuery": name,
    "smithy.api#httpPrefixHeaders": headerPrefix,
    "smithy.api#length": length,
    "smithy.api#range": range,
    "smithy.api#enum": enumTraitProblem,
    "smithy.api#error": oneOf("client", "server"),
    "smithy.api#httpError": httpError,
    "smithy.api#http": http,
    "smithy.api#endpoint": endpoint,
    "smithy.api#auth": auth,
    "smithy.api#httpApiKeyAuth": apiKey,
    "smithy.api#deprecated": object,
    "smithy.api#retryable": object,
    "smithy.api#externalDocumentation": object,
    "smithy.api#examples": examples,
    "smithy.api#paginated": object,
    "smithy.api#timestampFormat": oneOf("date-time", "http-date", "epoch-seconds"),
    "smithy.api#xmlNamespace": xmlNamespace,
    "smithy.waiters#waitable": waitersProblem,
    "smithy.rules#endpointRuleSet": object,
    "smithy.rules#endpointBdd": object,
    "aws.api#service": service,
    "aws.auth#sigv4": sigv4,
    "aws.protocols#awsQueryError": object,
  }),
);
