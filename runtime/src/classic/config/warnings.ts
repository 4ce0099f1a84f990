import type { Operation } from "../../schema/service.js";
import { isChecksum } from "../checksums.js";
import type { ServiceDefinition } from "../types.js";

/** Options that only certain services use, by the services' keys in the configuration. */
const ofServices: Readonly<Record<string, readonly string[]>> = {
  s3ForcePathStyle: ["s3", "s3control"],
  s3BucketEndpoint: ["s3"],
  s3DisableBodySigning: ["s3", "s3control"],
  s3UsEast1RegionalEndpoint: ["s3"],
  s3UseArnRegion: ["s3", "s3control"],
  useAccelerateEndpoint: ["s3"],
  dynamoDbCrc32: ["dynamodb"],
  stsRegionalEndpoints: ["sts"],
};

/** Options that only certain operations use: what those have, and how to find them. */
const ofOperations: Readonly<Record<string, readonly [what: string, test: (operation: Operation) => boolean]>> = {
  computeChecksums: ["takes a checksum of its request", ({ features = [] }) => features.some(isChecksum)],
  hostPrefixEnabled: [
    "has a prefix for the host",
    ({ features = [] }) => features.some(({ name }) => name === "host-prefix"),
  ],
  endpointDiscoveryEnabled: ["has an endpoint that is asked for", hasDiscovery],
  endpointCacheSize: ["has an endpoint that is asked for", hasDiscovery],
};

const ofBrowsers: readonly string[] = ["xhrAsync", "xhrWithCredentials"];

const known = new Set<string>();

/** Warns, once in a process, of each option that has no effect where it is given. */
export function warnOfOptions(given: object, { serviceIdentifier, model }: ServiceDefinition): void {
  const { name: service, protocol } = model.service;
  for (const [option, services] of Object.entries(ofServices)) {
    if (isGiven(given, option) && !services.includes(serviceIdentifier)) {
      warn(`The option ${option} has no meaning for ${service}, only for ${services.join(" and ")}.`);
    }
  }
  for (const [option, [what, isConcerned]] of Object.entries(ofOperations)) {
    if (isGiven(given, option) && !Object.values(model.operations).some(isConcerned)) {
      warn(`The option ${option} has no meaning for ${service}: none of its operations ${what}.`);
    }
  }
  if (isGiven(given, "convertResponseTypes") && !/json/i.test(protocol.id)) {
    warn(`The option convertResponseTypes has no meaning for ${service}: its responses are not JSON.`);
  }
  const { httpOptions } = given as { readonly httpOptions?: object | null };
  for (const option of ofBrowsers) {
    if (httpOptions && isGiven(httpOptions, option)) {
      warn(`The option httpOptions.${option} has no meaning in Node: there is no XMLHttpRequest.`);
    }
  }
}

function hasDiscovery({ features = [] }: Operation): boolean {
  return features.some(({ name }) => name === "endpoint-discovery");
}

/** True also for a value that equals the default. */
function isGiven(given: object, option: string): boolean {
  return (given as Readonly<Record<string, unknown>>)[option] !== undefined;
}

/** Emits a warning about the configuration, once in a process. */
export function warn(message: string): void {
  if (known.has(message)) return;
  known.add(message);
  process.emitWarning(message, { type: "ClientsmithWarning" });
}
