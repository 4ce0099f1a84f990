import { nearest } from "./text/nearest.js";

/** What other clients call otherwise, or have otherwise, by words in the name. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^(access|secret|session)/i, "credentials: { accessKeyId, secretAccessKey, sessionToken }"],
  [/credential/i, "credentials"],
  [/retr/i, "maxAttempts (the first attempt counts: maxRetries + 1)"],
  [/dual/i, "useDualstackEndpoint"],
  [/timeout/i, "connectTimeout, headersTimeout, bodyTimeout or deadline (the whole call)"],
  [/handler|agent|^http/i, "transport, dispatcher or proxy"],
  [/tls|ssl/i, "an endpoint that starts with http: or https:"],
  [/signal/i, "signal"],
];

/** Throws a `TypeError` for an option that is not in `known`, naming the one that was probably meant. */
export function refuseUnknownOptions(given: object, known: ReadonlySet<string>, owner: string): void {
  for (const name of Object.keys(given)) {
    if (known.has(name) || (given as Record<string, unknown>)[name] === undefined) continue;
    const meant = nearest(name, known) ?? elsewhere.find(([words]) => words.test(name))?.[1];
    throw new TypeError(
      `${owner} has no option "${name}"; ${meant ? `use ${meant}` : `known options: ${[...known].join(", ")}`}`,
    );
  }
}
