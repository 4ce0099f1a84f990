import { signRequest } from "#runtime/signing/sign.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import { settings } from "./calls.js";

/** Our signer's authorization for somebody else's request, over the headers that it signed and at its time. */
export function resign(request: HttpRequest, service: string): string | undefined {
  const { authorization = "", ...headers } = request.headers;
  const signed = /SignedHeaders=([^,]*)/.exec(authorization)?.[1]?.split(";") ?? [];
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers["x-amz-date"] ?? "") ?? [];
  const result = signRequest(
    { ...request, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => signed.includes(name))) },
    {
      credentials: settings.credentials,
      region: settings.region,
      service,
      date: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
    },
  );
  return result.headers["authorization"];
}
