const omit = "leave it out: ";

/**
 * Option names of AWS SDK v2 and v3 that this client does not have, and what to do instead: patterns of complete names. With
 * a third element, only for clients that have this option.
 * Those that are not listed have no counterpart that a caller could use.
 */
const elsewhere: readonly (readonly [pattern: string, advice: string, of?: string])[] = [
  [
    "accessKeyId|secretAccessKey|sessionToken|credential.*",
    "use credentials: { accessKeyId, secretAccessKey, sessionToken }, or a function that returns them",
    "credentials",
  ],
  ["maxRetries", "use maxAttempts, which counts the first attempt: maxRetries + 1"],
  ["retry(DelayOptions|Strategy)", "use maxAttempts and retryMode"],
  ["connectionTimeout", "use connectTimeout"],
  ["(socketT|requestT|t)imeout", "use headersTimeout and bodyTimeout, or deadline for the whole call"],
  ["(request|http)Handler.*|https?(Agent|Options)", "use transport, dispatcher or proxy, and the options …Timeout"],
  ["tls|sslEnabled", "use an endpoint that starts with http: or https:"],
  ["paramValidation", "use validation"],
  ["params", "pass them with each call"],
  ["abortSignal|signal", "use signal, an option of calls"],
  ["profile", "set AWS_PROFILE, or use credentials: a provider for the profile", "credentials"],
  ["defaultsMode", "use the options that it sets: connectTimeout, maxAttempts"],
  [".*UserAgent.*|userAgent.*", "use hooks: headers that onRequest returns are sent, such as user-agent"],
  ["clientSideMonitoring|extensions|logLevel", "use hooks or logger"],
  [
    ".*ClockSkew.*",
    `${omit}the clock is corrected to the service's, starting from systemClockOffset`,
    "systemClockOffset",
  ],
  ["apiVersions?|serviceId", `${omit}a client has the version that it was generated for`],
  [
    "(sign|sigv4|defaultSigning|httpAuth|authScheme).*",
    `${omit}how to sign is decided by the model and the endpoint rules`,
    "credentials",
  ],
  ["token.*", `${omit}requests are signed with credentials`, "credentials"],
  ["hostPrefixEnabled", "use disableHostPrefix, an option of services whose operations have a host prefix"],
  ["(max|follow\\w*)Redirects", `${omit}redirections are not followed`],
  ["convertResponseTypes|computeChecksums|dynamoDbCrc32", `${omit}it cannot be switched`],
];

/**
 * What to do instead of using an option of AWS SDK v2 or v3, if there is an alternative.
 *
 * @param known the options that there are
 */
export function adviceOn(name: string, known: readonly string[]): string | undefined {
  const found = elsewhere.find(
    ([names, , of]) => (of === undefined || known.includes(of)) && new RegExp(`^(${names})$`).test(name),
  );
  return found?.[1];
}
