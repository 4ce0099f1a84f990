import { EndpointError } from "../errors/client.js";
import type { EndpointParameters } from "../schema/service.js";
import { aws, type Partition, partitions } from "./partitions.js";
import { escapeUri } from "../signing/escape.js";

/** The parts of an Amazon Resource Name. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty if the resource has no Region. */
  readonly region: string;
  /** Empty if the resource has no account. */
  readonly accountId: string;
  /** The resource, split at `:` and `/`. */
  readonly resourceId: readonly string[];
}

/**
 * The parts of an ARN; undefined for other text. An ARN is `arn:` followed by five parts, of which partition, service
 * and resource are not empty.
 *
 * @see https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-parsearn-function
 */
export function parseArn(value: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...rest] = value.split(":");
  const resource = rest.join(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || accountId === undefined || !resource) {
    return undefined;
  }
  return { partition, service, region, accountId, resourceId: resource.split(/[:/]/) };
}

/**
 * True for a host label of RFC 1123: 1 to 63 letters, digits and hyphens, no hyphen at either end. With
 * `allowSubDomains`, true for such labels joined by dots.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#isvalidhostlabel-function
 */
export function isValidHostLabel(value: string, allowSubDomains: boolean): boolean {
  const labels = allowSubDomains ? value.split(".") : [value];
  return labels.every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label));
}

/**
 * Functions that compiled endpoint rules call. Each is independent, so that a client bundles only those that its rules
 * use.
 */

interface ParameterTypes {
  readonly string: string;
  readonly boolean: boolean;
  readonly stringArray: readonly string[];
}

/**
 * Value of a parameter of the endpoint rules; undefined if it is not set. Throws an `EndpointError` for another type.
 */
export function endpointParameter<Type extends keyof ParameterTypes>(
  parameters: EndpointParameters,
  name: string,
  type: Type,
): ParameterTypes[Type] | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined || isOfType(value, type)) return value;
  const found = Array.isArray(value) ? "list" : typeof value;
  throw new EndpointError(`The endpoint parameter ${name} must be a ${names[type]}, not a ${found}`);
}

/** Value of a required parameter of the endpoint rules. Throws an `EndpointError` if it is not set. */
export function requiredEndpointParameter<Type extends keyof ParameterTypes>(
  parameters: EndpointParameters,
  name: string,
  type: Type,
): ParameterTypes[Type] {
  const value = endpointParameter(parameters, name, type);
  if (value === undefined) throw new EndpointError(`The endpoint parameter ${name} is required, but is not set`);
  return value;
}

const names: Readonly<Record<keyof ParameterTypes, string>> = {
  string: "string",
  boolean: "boolean",
  stringArray: "list of strings",
};

function isOfType<Type extends keyof ParameterTypes>(value: unknown, type: Type): value is ParameterTypes[Type] {
  if (type === "stringArray") return Array.isArray(value) && value.every((item) => typeof item === "string");
  return typeof value === type;
}

/** A URL as endpoint rules see it. */
export interface ParsedUrl {
  readonly scheme: string;
  /** Host and, if the URL has one, port; without user information. */
  readonly authority: string;
  /** As written; empty if the URL ends with the authority. */
  readonly path: string;
  /** The path with a `/` at both ends. */
  readonly normalizedPath: string;
  /** Whether the host is an IPv4 or IPv6 address. */
  readonly isIp: boolean;
}

/**
 * The parts of an http or https URL; undefined for anything else, including a URL with a query or fragment. The parts
 * are taken from the text: nothing is decoded, completed or normalized.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parseurl-function
 */
export function parseURL(value: string): ParsedUrl | undefined {
  const match = /^(https?):\/\/(?:[^/?#@\s\\]*@)?([^/?#@\s\\]+)(\/[^?#]*)?$/i.exec(value);
  if (!match || !URL.canParse(value)) return undefined;
  const [, scheme = "", authority = "", path = ""] = match;
  return {
    scheme: scheme.toLowerCase(),
    authority,
    path,
    normalizedPath: path.endsWith("/") ? path : `${path}/`,
    isIp: isAddress(authority.replace(/:\d*$/, "")),
  };
}

function isAddress(host: string): boolean {
  if (host.startsWith("[")) return true;
  const parts = host.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/**
 * The partition of a Region; `aws` for an unknown Region, so that new and private Regions work.
 *
 * @see https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-partition-function
 */
export function partitionOf(region: string): Partition {
  return partitions.find(({ regions, others }) => regions.test(region) || others.includes(region)) ?? aws;
}

/**
 * Whether a bucket name can be part of a host name: 3 to 63 lower-case letters, digits and hyphens in one host label
 * or, with `allowSubDomains`, in several joined by dots that do not look like an IPv4 address.
 *
 * @see https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-isvirtualhostables3bucket-function
 */
export function isVirtualHostableS3Bucket(value: string, allowSubDomains: boolean): boolean {
  if (value.length < 3 || value.length > 63 || /[A-Z]/.test(value)) return false;
  return isValidHostLabel(value, allowSubDomains) && !/^(?:\d+\.){3}\d+$/.test(value);
}

/**
 * The parts between delimiters, at most `limit` of them: the last contains the rest. A limit of 0 means no limit.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#split-function
 */
export function split(value: string, delimiter: string, limit: number): readonly string[] {
  const parts = value.split(delimiter);
  if (limit === 0 || parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(delimiter)];
}

/**
 * The characters from `start` up to `stop`, counted from the end if `reverse` is set; undefined if the text is shorter
 * than `stop` or contains anything but ASCII.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#substring-function
 */
export function substring(input: string, start: number, stop: number, reverse: boolean): string | undefined {
  const { length } = input;
  if (start >= stop || length < stop || /[^\0-\x7f]/.test(input)) return undefined;
  return reverse ? input.slice(length - stop, length - start) : input.slice(start, stop);
}

/**
 * Percent-encodes the UTF-8 bytes of all but RFC 3986's unreserved characters. A lone surrogate, which UTF-8 cannot
 * represent, becomes U+FFFD.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#uriencode-function
 */
export function uriEncode(value: string): string {
  return escapeUri(value.replace(/\p{Surrogate}/gu, "\uFFFD"));
}
