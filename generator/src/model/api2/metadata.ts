import { isIdentifier } from "../source/ids.js";
import { isJsonObject, type Json } from "../source/json.js";
import type { ShapeId } from "../model.js";
import { quote } from "../source/quote.js";
import { inside, type PathLocation } from "../source/source.js";
import { type Api2Context, present } from "./context.js";
import { standardRules } from "./endpoint-rules.js";
import { deprecation } from "./members.js";
import { api2Protocols } from "./protocol.js";

/** Known properties of `metadata`. The reader ignores some of them. */
const known: ReadonlySet<string> = new Set(
  (
    "apiVersion endpointPrefix jsonVersion protocol protocols protocolSettings serviceAbbreviation serviceFullName serviceId " +
    "signatureVersion signingName targetPrefix uid auth xmlNamespace globalEndpoint checksumFormat timestampFormat " +
    "ripServiceName awsQueryCompatible"
  ).split(" "),
);

/** Names of Signature Version 4. Includes `s3`, which AWS SDK v2 only used for older buckets. */
const signatures: readonly unknown[] = ["v4", "s3v4", "s3"];

/** Names of the service's namespace and service shape, from `metadata`. */
export function serviceNames(metadata: Json): { readonly namespace: string; readonly shape: string } {
  const { serviceId, serviceAbbreviation, serviceFullName, endpointPrefix, targetPrefix } = metadata;
  const texts = [serviceId, serviceAbbreviation, serviceFullName, endpointPrefix].filter(
    (text) => typeof text === "string",
  );
  const words = texts.map((text) => text.replaceAll(/[^A-Za-z0-9]/g, "")).find((text) => text !== "") ?? "Service";
  const name = /^\d/.test(words) ? `_${words}` : words;
  const target = typeof targetPrefix === "string" ? targetPrefix.slice(targetPrefix.lastIndexOf(".") + 1) : "";
  return { namespace: `com.amazonaws.${name.toLowerCase()}`, shape: isIdentifier(target) ? target : name };
}

/** Reads the service shape from `metadata`. */
export function readService(
  api: Json,
  metadata: Json,
  id: ShapeId,
  location: PathLocation,
  context: Api2Context,
): Record<string, unknown> {
  const at = inside(location, "metadata");
  context.warnOfOthers(metadata, known, at, id);
  const text = (property: string): string | undefined => context.value(metadata, property, "string", at, id);
  const needed = (property: string, why: string): string | undefined => {
    const value = text(property);
    if (metadata[property] === undefined)
      context.error("missing-metadata", `metadata has no ${property}: ${why}.`, at, id);
    return value;
  };
  const endpointPrefix = host(metadata, "endpointPrefix", at, id, context);
  const globalEndpoint = host(metadata, "globalEndpoint", at, id, context);
  const signatureVersion = text("signatureVersion");
  const signingName = text("signingName") ?? text("endpointPrefix");
  const sdkId = text("serviceId") ?? text("serviceAbbreviation") ?? text("serviceFullName") ?? endpointPrefix;
  const targetPrefix = text("targetPrefix");
  const xmlNamespace = text("xmlNamespace");
  const documentation = context.value(api, "documentation", "string", location, id);
  return {
    type: "service",
    version: needed("apiVersion", "it is the version that requests name") ?? "",
    traits: present({
      "aws.api#service": present({ sdkId, endpointPrefix }),
      "smithy.api#title": text("serviceFullName"),
      "smithy.api#documentation": documentation,
      "smithy.api#deprecated": deprecation(api, location, id, context),
      "smithy.api#xmlNamespace": xmlNamespace === undefined ? undefined : { uri: xmlNamespace },
      ...protocolTraits(metadata, targetPrefix, needed, at, id, context),
      ...authTraits(signatureVersion, signingName, at, id, context),
      "clientsmith.api2#targetPrefix": targetPrefix,
      // Shapes are not named after the elements that their services send.
      "clientsmith.api2#anyRoot": /^(rest-xml|query|ec2)$/.test(String(metadata["protocol"])) ? {} : undefined,
      "smithy.rules#endpointRuleSet":
        endpointPrefix === undefined
          ? undefined
          : standardRules({
              endpointPrefix,
              globalEndpoint,
              signsPathOnce: signatureVersion === "s3" || signatureVersion === "s3v4",
            }),
    }),
  };
}

/** Reads a part of a host name. It is validated, because it becomes part of URLs. */
function host(
  json: Json,
  property: string,
  location: PathLocation,
  id: string,
  context: Api2Context,
): string | undefined {
  const value = context.value(json, property, "string", location, id);
  if (value === undefined || /^[\w-]+(\.[\w-]+)*$/.test(value)) return value;
  const message = `${property} must be a part of a host's name, of letters, digits, hyphens and dots.`;
  context.error("invalid-metadata", message, inside(location, property), id);
  return undefined;
}

const jsonTraits: ReadonlyMap<unknown, string> = new Map([
  ["1.0", "aws.protocols#awsJson1_0"],
  ["1.1", "aws.protocols#awsJson1_1"],
]);

const otherTraits: ReadonlyMap<unknown, string> = new Map([
  ["rest-json", "aws.protocols#restJson1"],
  ["rest-xml", "aws.protocols#restXml"],
  ["query", "aws.protocols#awsQuery"],
  ["ec2", "aws.protocols#ec2Query"],
]);

/**
 * The protocol for which the bindings of members are declared. Of the others in `protocols`, JSON and RPC v2 CBOR are
 * added, because they need no bindings.
 */
function protocolTraits(
  metadata: Json,
  targetPrefix: string | undefined,
  needed: (property: string, why: string) => string | undefined,
  location: PathLocation,
  id: string,
  context: Api2Context,
): Json {
  const { protocol, protocols, jsonVersion } = metadata;
  const others = Array.isArray(protocols) ? (protocols as readonly unknown[]) : [];
  const name = context.protocol?.name;
  const isCompatible = context.hasErrorCodes && (name === "json" || name === "smithy-rpc-v2-cbor");
  const traits = present({
    "smithy.protocols#rpcv2Cbor": targetPrefix && [protocol, ...others].includes("smithy-rpc-v2-cbor") ? {} : undefined,
    "aws.protocols#awsQueryCompatible": isCompatible ? {} : undefined,
  });
  switch (name) {
    case undefined: {
      const names = [...api2Protocols.keys()].join(", ");
      const what =
        typeof protocol === "string" ? `The protocol ${quote(protocol)} is not supported` : "metadata has no protocol";
      const at = protocol === undefined ? location : inside(location, "protocol");
      context.error("unsupported-protocol", `${what}; supported are ${names}.`, at, id);
      return traits;
    }
    case "json":
      needed("targetPrefix", "requests of the protocol json name the operation with it");
      return { ...traits, ...jsonTrait(needed, location, id, context) };
    case "smithy-rpc-v2-cbor":
      needed("targetPrefix", "requests of the protocol smithy-rpc-v2-cbor name the service with it");
      if (!others.includes("json") || jsonVersion === undefined) return traits;
      return { ...traits, ...jsonTrait(needed, location, id, context) };
    default:
      return { ...traits, [otherTraits.get(name) ?? ""]: {} };
  }
}

function jsonTrait(
  needed: (property: string, why: string) => string | undefined,
  location: PathLocation,
  id: string,
  context: Api2Context,
): Json {
  const version = needed("jsonVersion", "the protocol json has the versions 1.0 and 1.1") ?? "1.1";
  const trait = jsonTraits.get(version);
  if (trait !== undefined) return { [trait]: {} };
  const message = `The jsonVersion ${quote(version)} is not supported; supported are 1.0 and 1.1.`;
  context.error("unsupported-protocol", message, inside(location, "jsonVersion"), id);
  return {};
}

function authTraits(
  signatureVersion: string | undefined,
  signingName: string | undefined,
  location: PathLocation,
  id: string,
  context: Api2Context,
): Json {
  if (signatureVersion === "bearer") return { "smithy.api#httpBearerAuth": {} };
  if (signatureVersion !== undefined && !signatures.includes(signatureVersion)) {
    const message = `Requests are signed with signature version ${quote(signatureVersion)}, which is not supported; supported is v4.`;
    context.error("unsupported-signature", message, inside(location, "signatureVersion"), id);
    return {};
  }
  if (signingName !== undefined) return { "aws.auth#sigv4": { name: signingName } };
  const message = "metadata has neither signingName nor endpointPrefix, and requests are signed with one of them.";
  context.error("missing-metadata", message, location, id);
  return {};
}

/** Whether a value is an api-2 description, judged by its top-level properties. */
export function isApi2(value: unknown): value is Json {
  return (
    isJsonObject(value) && !("smithy" in value) && isJsonObject(value["metadata"]) && isJsonObject(value["operations"])
  );
}
