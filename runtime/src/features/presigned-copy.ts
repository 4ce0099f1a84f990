/** Requests that copy from another Region. Loaded by the first call of such an operation. */
import type { ClientContext } from "../client/context.js";
import { parseArn, isValidHostLabel } from "../endpoints/rule-functions.js";
import type { OperationCodec, Operation, RegionalCopy } from "../schema/service.js";
import { presignRequest } from "../signing/presign.js";
import { RequestTarget } from "../endpoints/target.js";
import { endpointParameters } from "../endpoints/resolve.js";
import { waitingForCredentials, within } from "../signals/within.js";
import { decodeUtf8 } from "../text/bytes.js";

/** Seconds that the other Region has to follow the URL, as in the official clients. */
const expiresIn = 3600;

/**
 * The input with a URL, signed for the source's Region, by which the service asks that Region: the same request with the
 * Region of the client as its `DestinationRegion`. The input itself where the source is of the client's Region or of none
 * that is known, or where the caller gave a URL.
 */
export async function withSourceUrl<Input extends object>(
  core: ClientContext,
  operation: Operation,
  codec: OperationCodec,
  input: Input,
  { url, source, destination, signal }: RegionalCopy & { readonly signal: AbortSignal | undefined },
): Promise<Input> {
  const members = input as Readonly<Record<string, unknown>>;
  const config = await core.config();
  const { region } = config;
  const sourceRegion = regionOf(members[source], destination !== undefined);
  if (members[url] !== undefined || !sourceRegion || region === undefined || sourceRegion === region) return input;

  const copied = destination === undefined ? input : { ...input, [destination]: region };
  const form = formOf(codec, copied);
  const { service } = core;
  const endpoint = service.resolveEndpoint(
    endpointParameters(service, operation, input, { ...config, region: sourceRegion }),
  );
  const target = new RequestTarget(endpoint, service, sourceRegion);
  if (form === undefined || !target.signing) return input;
  const query = destination === undefined ? `${form}&DestinationRegion=${region}` : form;
  const { headers, ...request } = target.address({ method: "GET", path: "/", query, headers: {} });
  const presigned = presignRequest(
    { ...request, headers: { host: headers["host"] ?? "" } },
    {
      credentials: await within(Promise.resolve(core.credentials.get()), signal, waitingForCredentials),
      region: target.signing.region,
      service: target.signing.service,
      date: new Date(core.clock.now()),
      expiresIn,
    },
  );
  return { ...copied, [url]: `${presigned.origin}${presigned.path}?${presigned.query}` };
}

/** The request as both Query protocols write it; undefined for an input that cannot be written, which is told elsewhere. */
function formOf(codec: OperationCodec, input: object): string | undefined {
  try {
    const { body = "" } = codec.serialize(input);
    return typeof body === "string" ? body : decodeUtf8(body);
  } catch {
    return undefined;
  }
}

/** A member that names a Region does just that; any other may be an ARN, or a name in the client's Region. */
function regionOf(source: unknown, isName: boolean): string | undefined {
  if (typeof source !== "string" || source === "") return undefined;
  const region = isName ? source : parseArn(source)?.region;
  // It becomes part of a host.
  return region !== undefined && isValidHostLabel(region, false) ? region : undefined;
}
