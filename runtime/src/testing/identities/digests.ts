import { createHash, randomBytes } from "node:crypto";
import { readInfo } from "../../features/support/digest.js";
import type { CompleteRequest } from "../receive.js";
import type { LocalLogin } from "./login.js";

/** For which a nonce can be used, in milliseconds. */
const life = 300_000;

/** Nonces that are remembered; older ones are stale. */
const most = 1000;

/** By the name of the algorithm, without `-sess`. Clients use the first that they have. */
const hashes: Readonly<Record<string, string>> = { "sha-256": "sha256", md5: "md5", "sha-512-256": "sha512-256" };
const offered = ["SHA-256", "MD5"];

interface Nonce {
  readonly issuedAt: number;
  /** Counts of the requests that used it. */
  readonly counts: Set<string>;
}

/**
 * Verifies digests of HTTP Digest.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7616
 */
export class Digests {
  readonly #realm: string;
  readonly #clock: () => number;
  readonly #nonces = new Map<string, Nonce>();

  /** @param clock milliseconds since 1970 */
  constructor(realm: string, clock: () => number) {
    this.#realm = realm;
    this.#clock = clock;
  }

  /** The header `www-authenticate` of a response: a challenge for each algorithm, the best first. */
  challenge({ source }: CompleteRequest, isStale: boolean): string {
    // The body of a stream is not known when its request is verified.
    const qop = source ? "auth" : "auth, auth-int";
    const nonce = this.#issue();
    const realm = this.#realm.replaceAll(/["\\]/g, String.raw`\$&`);
    return offered
      .map(
        (name) =>
          `Digest realm="${realm}", qop="${qop}", algorithm=${name}, nonce="${nonce}"${isStale ? ", stale=true" : ""}`,
      )
      .join(", ");
  }

  /** @param parameters the header `authorization`, without `Digest` */
  verify(
    parameters: string,
    request: CompleteRequest,
    logins: readonly LocalLogin[],
  ): "accepted" | "stale" | "rejected" {
    const given = readInfo(parameters);
    const of = (name: string): string => given.get(name) ?? "";
    const login = logins.find(({ username }) => username === usernameOf(given));
    const expected = login && this.#responseTo(request, of, login);
    if (expected === undefined || of("response") !== expected) return "rejected";
    const nonce = this.#nonces.get(of("nonce"));
    if (!nonce || this.#clock() - nonce.issuedAt > life || nonce.counts.has(of("nc"))) return "stale";
    nonce.counts.add(of("nc"));
    return "accepted";
  }

  /** The parameter `response`; undefined for a request that needs no verification to be wrong. */
  #responseTo(
    request: CompleteRequest,
    of: (name: string) => string,
    { username, password }: LocalLogin,
  ): string | undefined {
    const { method, path, query, body, source } = request;
    const algorithm = (of("algorithm") || "MD5").toLowerCase();
    const name = algorithm.replace(/-sess$/, "");
    const hash = (data: string | Uint8Array): string =>
      createHash(hashes[name] ?? "")
        .update(data)
        .digest("hex");
    const [uri, qop] = [of("uri"), of("qop")];
    const isKnown = Object.hasOwn(hashes, name) && (qop === "auth" || (qop === "auth-int" && !source));
    if (!isKnown || of("realm") !== this.#realm || uri !== (query === "" ? path : `${path}?${query}`)) return undefined;
    const key = hash(`${username}:${this.#realm}:${password}`);
    const secret = algorithm === name ? key : hash(`${key}:${of("nonce")}:${of("cnonce")}`);
    const message = hash(qop === "auth-int" ? `${method}:${uri}:${hash(body)}` : `${method}:${uri}`);
    return hash([secret, of("nonce"), of("nc"), of("cnonce"), qop, message].join(":"));
  }

  #issue(): string {
    const nonce = randomBytes(16).toString("hex");
    this.#nonces.set(nonce, { issuedAt: this.#clock(), counts: new Set() });
    const [oldest] = this.#nonces.size > most ? this.#nonces.keys() : [];
    if (oldest !== undefined) this.#nonces.delete(oldest);
    return nonce;
  }
}

/** Names beyond ASCII are sent in the form of RFC 8187. */
function usernameOf(given: ReadonlyMap<string, string>): string | undefined {
  const extended = /^UTF-8''(.*)$/i.exec(given.get("username*") ?? "")?.[1];
  try {
    return extended === undefined ? given.get("username") : decodeURIComponent(extended);
  } catch {
    return undefined;
  }
}
