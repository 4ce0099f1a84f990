import { ConfigurationError } from "../errors/client.js";
import { nearest } from "../text/nearest.js";

const notHere = "leave it out: ";

/**
 * What other clients call otherwise, or have and this one has not, by whole names: what to do instead. The names are
 * those of `aws-sdk` 2 and of the `@aws-sdk` clients; those that are missing here have no counterpart that one could use.
 */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [
    /^(accessKeyId|secretAccessKey|sessionToken|credential.*)$/,
    "use credentials: { accessKeyId, secretAccessKey, sessionToken }, or a function that gives them",
  ],
  [/^maxRetries$/, "use maxAttempts, which counts the first attempt: maxRetries + 1"],
  [/^retry(DelayOptions|Strategy)$/, "use maxAttempts and retryMode"],
  [/^connectionTimeout$/, "use connectTimeout"],
  [/^(socketTimeout|timeout)$/, "use headersTimeout and bodyTimeout, or deadline for the whole call"],
  [/^requestTimeout$/, "use headersTimeout, or deadline for the whole call"],
  [/^(request|http)Handler.*$|^https?(Agent|Options)$/, "use transport, dispatcher or proxy, and the options …Timeout"],
  [/^(tls|sslEnabled)$/, "use an endpoint that starts with http: or https:"],
  [/^paramValidation$/, "use validation"],
  [/^params$/, "give them with each call"],
  [/^(abortSignal|signal)$/, "use signal, an option of calls"],
  [/^profile$/, "set AWS_PROFILE, or use credentials: a provider for the profile"],
  [/^defaultsMode$/, "use the options that it sets: connectTimeout, maxAttempts"],
  [/UserAgent|^userAgent/, "use hooks: what onRequest answers may hold a user-agent header"],
  [/^(clientSideMonitoring|extensions|logLevel)$/, "use hooks or logger"],
  [/ClockSkew/, `${notHere}the clock is corrected by the service's; systemClockOffset is where that begins`],
  [/^(apiVersions?|serviceId)$/, `${notHere}a client has the version that it was generated for`],
  [
    /^(sign|sigv4|defaultSigning|httpAuth|authScheme)/,
    `${notHere}how to sign is the model's and the endpoint rules' to say`,
  ],
  [/^token/, `${notHere}requests are signed with credentials`],
  [/[hH]ostPrefix/, `${notHere}what the model puts before the host always stands there`],
  [/^(max|follow\w*)Redirects$/, `${notHere}redirections are not followed`],
  [/^(convertResponseTypes|computeChecksums|dynamoDbCrc32)$/, `${notHere}it cannot be switched`],
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
      : (elsewhere.find(([names]) => names.test(name))?.[1] ??
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
