import { md5 } from "../../checksums/md5.js";
import { sha512t256Hex } from "../../checksums/sha512-256.js";
import { sha256Hex } from "../../signing/hash.js";
import { encodeHex } from "../../text/bytes.js";
import type { HttpRequest } from "../../schema/http.js";

/** A challenge of HTTP Digest, and how often it was used. */
export interface DigestSession {
  readonly realm: string;
  readonly nonce: string;
  /** The nonce of the challenge, from which algorithms with `-sess` derive their key. A response may name another for use. */
  readonly challenge: string;
  readonly opaque: string | undefined;
  /** As the server wrote it; undefined: MD5. */
  readonly algorithm: string | undefined;
  /** Undefined for servers of RFC 2069. */
  readonly qop: "auth" | "auth-int" | undefined;
  /** The server expects a hash in place of the user name. */
  readonly userhash: boolean;
  /** The nonce of the last request has expired; the password was right. */
  readonly stale: boolean;
  /** The client's random part: the same for a session, since algorithms with `-sess` derive its key from it. */
  readonly cnonce: string;
  /** Requests with this nonce. */
  count: number;
}

type Hash = (data: string | Uint8Array) => string;

const hashes: Readonly<Record<string, Hash>> = { md5: md5Hex, "sha-256": sha256Hex, "sha-512-256": sha512t256Hex };

const hasSessionKey = /-sess$/i;

/** Undefined for an algorithm that is not supported. */
function hashOf(algorithm = "MD5"): Hash | undefined {
  const name = algorithm.toLowerCase().replace(hasSessionKey, "");
  return Object.hasOwn(hashes, name) ? hashes[name] : undefined;
}

/**
 * The first challenge of a `www-authenticate` header that is of HTTP Digest and has a supported algorithm; servers list the
 * best one first.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7616#section-3.3
 */
export function readChallenge(header: string): DigestSession | undefined {
  return challengesIn(header)
    .filter(({ scheme }) => scheme.toLowerCase() === "digest")
    .map(({ parameters }) => sessionFrom(parameters))
    .find((session) => session !== undefined);
}

/** The parameters of an `authentication-info` header. */
export function readInfo(header: string): ReadonlyMap<string, string> {
  return challengesIn(`Info ${header}`)[0]?.parameters ?? new Map();
}

interface Challenge {
  readonly scheme: string;
  /** By lower-case name. */
  readonly parameters: Map<string, string>;
}

const token = String.raw`[\w!#$%&'*+.^\x60|~-]+`;
const item = new RegExp(String.raw`(${token})(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(${token})))?`, "g");

/** A name without a value starts a challenge. */
function challengesIn(header: string): readonly Challenge[] {
  const found: Challenge[] = [];
  for (const [, name = "", quoted, plain] of header.matchAll(item)) {
    const value = quoted?.replaceAll(/\\(.)/g, "$1") ?? plain;
    if (value === undefined) found.push({ scheme: name, parameters: new Map() });
    else found.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return found;
}

function sessionFrom(parameters: ReadonlyMap<string, string>): DigestSession | undefined {
  const [realm, nonce, algorithm] = ["realm", "nonce", "algorithm"].map((name) => parameters.get(name));
  const offered = parameters
    .get("qop")
    ?.toLowerCase()
    .split(/[\s,]+/);
  const qop = (["auth", "auth-int"] as const).find((name) => offered?.includes(name));
  if (realm === undefined || nonce === undefined || !hashOf(algorithm)) return undefined;
  if (offered && !qop) return undefined;
  const isTrue = (name: string): boolean => parameters.get(name)?.toLowerCase() === "true";
  const opaque = parameters.get("opaque");
  const [userhash, stale] = [isTrue("userhash"), isTrue("stale")];
  return { realm, nonce, challenge: nonce, opaque, algorithm, qop, userhash, stale, cnonce: randomHex(), count: 0 };
}

/**
 * The `authorization` header of the next request with a session, which counts it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7616#section-3.4
 */
export function digestAuthorization(
  session: DigestSession,
  { username, password }: { readonly username: string; readonly password: string },
  { method, path, query, body }: Pick<HttpRequest, "method" | "path" | "query" | "body">,
): string {
  const { realm, nonce, challenge, cnonce, opaque, algorithm, qop, userhash } = session;
  const hash = hashOf(algorithm) ?? md5Hex;
  const uri = query === "" ? path : `${path}?${query}`;
  const nc = (++session.count).toString(16).padStart(8, "0");
  const login = hash(`${username}:${realm}:${password}`);
  const secret = hasSessionKey.test(algorithm ?? "") ? hash(`${login}:${challenge}:${cnonce}`) : login;
  const message = hash(qop === "auth-int" ? `${method}:${uri}:${hash(body ?? "")}` : `${method}:${uri}`);
  const response = hash(
    qop === undefined ? `${secret}:${nonce}:${message}` : [secret, nonce, nc, cnonce, qop, message].join(":"),
  );
  const parts = [
    usernameParameter(username, userhash ? hash(`${username}:${realm}`) : undefined),
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(uri)}`,
    `response=${quote(response)}`,
    algorithm !== undefined && `algorithm=${algorithm}`,
    opaque !== undefined && `opaque=${quote(opaque)}`,
    qop !== undefined && `qop=${qop}, nc=${nc}`,
    (qop !== undefined || secret !== login) && `cnonce=${quote(cnonce)}`,
    userhash && "userhash=true",
  ];
  return `Digest ${parts.filter((part) => part !== false).join(", ")}`;
}

/** A name beyond ASCII is sent in the form of RFC 8187. */
function usernameParameter(username: string, hashed: string | undefined): string {
  if (hashed !== undefined) return `username=${quote(hashed)}`;
  if (/^[\x20-\x7E]*$/.test(username)) return `username=${quote(username)}`;
  const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return `username*=UTF-8''${encodeURIComponent(username).replaceAll(/['()*]/g, escape)}`;
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}

function md5Hex(data: string | Uint8Array): string {
  return encodeHex(md5(typeof data === "string" ? new TextEncoder().encode(data) : data));
}

function randomHex(): string {
  return encodeHex(crypto.getRandomValues(new Uint8Array(16)));
}
