import { ConfigurationError } from "../errors/client.js";
import { nearest } from "../text/nearest.js";

const omit = "leave it out: ";

/**
 * Option names of AWS SDK v2 and v3 that this client does not have, and what to do instead: patterns of whole names.
 * Those that are not listed have no counterpart that a caller could use.
 */
const elsewhere: readonly (readonly [pattern: string, advice: string])[] = [
  [
    "accessKeyId|secretAccessKey|sessionToken|credential.*",
    "use credentials: { accessKeyId, secretAccessKey, sessionToken }, or a function that returns them",
  ],
  ["maxRetries", "use maxAttempts, which counts the first attempt: maxRetries + 1"],
  ["retry(DelayOptions|Strategy)", "use maxAttempts and retryMode"],
  ["connectionTimeout", "use connectTimeout"],
  ["(socketT|requestT|t)imeout", "use headersTimeout and bodyTimeout, or deadline for the whole call"],
  ["(request|http)Handler.*|https?(Agent|Options)", "use transport, dispatcher or proxy, and the options …Timeout"],
  ["tls|sslEnabled", "use an endpoint that starts with http: or https:"],
  ["paramValidation", "use validation"],
  ["params", "give them with each call"],
  ["abortSignal|signal", "use signal, an option of calls"],
  ["profile", "set AWS_PROFILE, or use credentials: a provider for the profile"],
  ["defaultsMode", "use the options that it sets: connectTimeout, maxAttempts"],
  [".*UserAgent.*|userAgent.*", "use hooks: headers that onRequest returns are sent, such as user-agent"],
  ["clientSideMonitoring|extensions|logLevel", "use hooks or logger"],
  [".*ClockSkew.*", `${omit}the clock is corrected by the service's, starting from systemClockOffset`],
  ["apiVersions?|serviceId", `${omit}a client has the version that it was generated for`],
  [
    "(sign|sigv4|defaultSigning|httpAuth|authScheme).*",
    `${omit}how to sign is decided by the model and the endpoint rules`,
  ],
  ["token.*", `${omit}requests are signed with credentials`],
  [".*[hH]ostPrefix.*", `${omit}what the model puts before the host is always sent`],
  ["(max|follow\\w*)Redirects", `${omit}redirections are not followed`],
  ["convertResponseTypes|computeChecksums|dynamoDbCrc32", `${omit}it cannot be switched`],
];

/**
 * Throws a `TypeError` for options that are no object, and for one that is not in `known`, saying what to do instead.
 *
 * @param others names that are options of `otherOwner`
 */
export function refuseUnknownOptions(
  given: object,
  known: ReadonlySet<string>,
  owner: string,
  others?: ReadonlySet<string>,
  otherOwner?: string,
): void {
  if (typeof given !== "object" || (given as object | null) === null) {
    throw new TypeError(`${owner}: options must be an object, but are ${String(given)}`);
  }
  for (const name of Object.keys(given)) {
    if (known.has(name) || (given as Record<string, unknown>)[name] === undefined) continue;
    const near = nearest(name, known);
    const advice = others?.has(name)
      ? `it is an option of ${otherOwner}`
      : (elsewhere.find(([names]) => new RegExp(`^(${names})$`).test(name))?.[1] ??
        (near ? `use ${near}` : `known options: ${[...known].join(", ")}`));
    throw new TypeError(`${owner} has no option "${name}"; ${advice}`);
  }
}

/** Throws a `ConfigurationError` where an option was given a value that does not pass. */
export function checkOption(
  options: object,
  name: string,
  wanted: string,
  passes: (value: unknown) => unknown,
  label = name,
): void {
  const value = (options as Readonly<Record<string, unknown>>)[name];
  if (value === undefined || passes(value)) return;
  const shown = typeof value === "object" ? (value === null ? "null" : "another object") : JSON.stringify(value);
  throw new ConfigurationError(`${label} must be ${wanted}, but is ${shown ?? String(value)}`);
}

/** Checks an option that is an object of options of one kind, where it is given. */
export function checkNested(
  name: string,
  given: object | undefined,
  known: ReadonlySet<string>,
  wanted: string,
  passes: (value: unknown) => unknown,
): void {
  if (given === undefined) return;
  refuseUnknownOptions(given, known, name);
  for (const each of known) checkOption(given, each, wanted, passes, `${name}.${each}`);
}
