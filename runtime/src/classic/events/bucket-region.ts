import { Endpoint } from "../endpoint.js";
import { setHeader } from "./headers.js";
import type { ClassicCall } from "./classic-call.js";

/** Codes of Amazon S3 for a bucket in another Region than that of the request. HEAD has the status as its code. */
const regionCodes: ReadonlySet<unknown> = new Set([
  "AuthorizationHeaderMalformed",
  "BadRequest",
  "PermanentRedirect",
  301,
]);

/**
 * Sends a request of Amazon S3 to the Region of the bucket, where the response states it. The host is that of the endpoint
 * rules for the Region, never one that the response names.
 *
 * @returns whether the next attempt is sent to another Region
 */
export function moveToBucketRegion(context: ClassicCall): boolean {
  const { request, operation, input } = context;
  const { service, httpRequest, response } = request;
  const { code, region } = response.error ?? {};
  if (service.definition.serviceIdentifier !== "s3" || !regionCodes.has(code)) return false;
  if (region === undefined || region === httpRequest.region || !/^[a-z0-9-]{1,63}$/.test(region)) return false;
  httpRequest.region = region;
  if (service.isEndpointGiven || !httpRequest.endpoint.hostname.endsWith(".amazonaws.com")) return true;
  const client = service.context;
  const target = client.targetOf(operation, input, { ...client.configFor(undefined), region });
  context.target = target;
  httpRequest.endpoint = new Endpoint(target.address({ method: "GET", path: "/", query: "", headers: {} }).origin);
  setHeader(httpRequest.headers, "host", httpRequest.endpoint.host);
  return true;
}
