import type { ClientConfig } from "../config/client-config.js";
import { awsBuiltIns } from "../endpoints/aws-built-ins.js";
import { endpointParameters } from "../endpoints/resolve.js";
import { isValidHostLabel, parseArn } from "../endpoints/rule-functions.js";
import { RequestTarget } from "../endpoints/target.js";
import type { Operation, OperationCodec, Service } from "../schema/service.js";
import { waitingForCredentials, within } from "../signals/within.js";
import { presignRequest } from "../signing/presign.js";
import { signingTargetOf } from "../endpoints/signing-target.js";
import type { SigningCredentials } from "../signing/types.js";
import { decodeUtf8 } from "../text/bytes.js";
import type { Feature } from "./feature.js";

/** Members of an input that copies from another Region. */
export interface RegionalCopyData {
  /** Receives the URL, unless the caller provides one. */
  readonly url: string;
  /** An ARN, whose Region is used; with a `destination`, the name of the Region. */
  readonly source: string;
  /** Receives the client's Region. */
  readonly destination?: string;
}

/**
 * Requests that copy from another Region carry a URL that is signed for that Region: the service sends the same request there.
 */
export function regionalCopy(data: RegionalCopyData): Feature {
  return {
    name: "regional-copy",
    data,
    async input(input, { client, operation, codec, signal }) {
      const config = await client.config();
      const { service, clock } = client;
      const sign = { service, operation, codec, config, now: () => clock.now() };
      const credentials = (): Promise<SigningCredentials> =>
        within(Promise.resolve(client.credentials.get()), signal, waitingForCredentials);
      return withSourceUrl(data, input, { ...sign, credentials });
    },
  };
}

/** What is needed to create a URL. */
export interface RegionalCopyContext {
  readonly service: Service;
  readonly operation: Operation;
  readonly codec: OperationCodec;
  readonly config: ClientConfig;
  /** Milliseconds since 1970. */
  now(): number;
  credentials(): Promise<SigningCredentials>;
}

/** Seconds for which the URL is valid, as in the official clients. */
const expiresIn = 3600;

/**
 * The input with a URL that is signed for the source's Region: the same request with the client's Region as its
 * `DestinationRegion`. The unchanged input if the source is in the client's Region or in an unknown one, or if the
 * caller provides a URL.
 */
export async function withSourceUrl(
  { url, source, destination }: RegionalCopyData,
  input: object,
  { service, operation, codec, config, now, credentials }: RegionalCopyContext,
): Promise<object> {
  const members = input as Readonly<Record<string, unknown>>;
  const { region } = config;
  const sourceRegion = regionOf(members[source], destination !== undefined);
  if (members[url] !== undefined || !sourceRegion || region === undefined || sourceRegion === region) return input;

  const copied = destination === undefined ? input : { ...input, [destination]: region };
  const form = formOf(codec, copied);
  const endpoint = service.resolveEndpoint(
    endpointParameters(service, operation, input, config, awsBuiltIns({ ...config, region: sourceRegion })),
  );
  const target = new RequestTarget(endpoint, service, sourceRegion);
  const signing = signingTargetOf(target, service, "sigv4");
  if (form === undefined || !signing) return input;
  const query = destination === undefined ? `${form}&DestinationRegion=${region}` : form;
  const { headers, ...request } = target.address({ method: "GET", path: "/", query, headers: {} });
  const presigned = presignRequest(
    { ...request, headers: { host: headers["host"] ?? "" } },
    {
      credentials: await credentials(),
      region: signing.region,
      service: signing.service,
      date: new Date(now()),
      expiresIn,
    },
  );
  return { ...copied, [url]: `${presigned.origin}${presigned.path}?${presigned.query}` };
}

/** The request as both Query protocols write it; undefined for an input that cannot be written, which is reported elsewhere. */
function formOf(codec: OperationCodec, input: object): string | undefined {
  try {
    const { body = "" } = codec.serialize(input);
    return typeof body === "string" ? body : decodeUtf8(body);
  } catch {
    return undefined;
  }
}

/** The Region of a source: its name, or that of an ARN. A resource's name is in the client's Region. */
function regionOf(source: unknown, isName: boolean): string | undefined {
  if (typeof source !== "string" || source === "") return undefined;
  const region = isName ? source : parseArn(source)?.region;
  // Because it becomes part of a host name.
  return region !== undefined && isValidHostLabel(region, false) ? region : undefined;
}
