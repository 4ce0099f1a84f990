import { nearest } from "./text/nearest.js";

/** Names that the ecosystem uses for what is called otherwise here. */
const elsewhere: Readonly<Record<string, string>> = {
  maxRetries: "maxAttempts (the first attempt counts: maxRetries + 1)",
  accessKeyId: "credentials: { accessKeyId, secretAccessKey }",
  secretAccessKey: "credentials: { accessKeyId, secretAccessKey }",
  sessionToken: "credentials: { accessKeyId, secretAccessKey, sessionToken }",
  credentialProvider: "credentials",
  credentialDefaultProvider: "credentials",
  paramValidation: "validation",
  useFipsEndpoints: "useFipsEndpoint",
  useDualstack: "useDualstackEndpoint",
  useDualStack: "useDualstackEndpoint",
  httpOptions: "connectTimeout, headersTimeout, bodyTimeout or dispatcher",
  requestHandler: "transport or dispatcher",
  requestTimeout: "headersTimeout, bodyTimeout or deadline",
  connectionTimeout: "connectTimeout",
  timeout: "deadline (the whole call) or headersTimeout",
  abortSignal: "signal",
  retryStrategy: "maxAttempts and retryMode",
  tls: "an endpoint that starts with http: or https:",
  sslEnabled: "an endpoint that starts with http: or https:",
};

/** Throws a `TypeError` for an option that is not in `known`, naming the one that was probably meant. */
export function refuseUnknownOptions(given: object, known: ReadonlySet<string>, owner: string): void {
  for (const name of Object.keys(given)) {
    if (known.has(name) || (given as Record<string, unknown>)[name] === undefined) continue;
    const other = Object.hasOwn(elsewhere, name) ? elsewhere[name] : nearest(name, known);
    const hint = other ? `use ${other}` : `known options: ${[...known].join(", ")}`;
    throw new TypeError(`${owner} has no option "${name}"; ${hint}`);
  }
}
