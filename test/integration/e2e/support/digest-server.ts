import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface DigestServer {
  readonly endpoint: string;
  /** Each request: `none`, `stale`, `wrong` or `ok` and the nonce count. */
  readonly seen: string[];
  close(): void;
}

export interface DigestServerOptions {
  readonly algorithm?: "MD5" | "MD5-sess" | "SHA-256" | "SHA-256-sess" | "SHA-512-256" | "SHA-512-256-sess" | undefined;
  readonly qop?: "auth" | "auth-int" | "auth,auth-int" | undefined;
  readonly userhash?: boolean;
  /** Requests that one nonce serves. */
  readonly uses?: number;
  /** The response to a right digest says which nonce is next. */
  readonly nextnonce?: boolean;
  readonly username?: string;
  readonly password?: string;
}

/** A server that verifies HTTP Digest as RFC 7616 says, written apart from the client. It responds with `{}`. */
export async function startDigestServer(options: DigestServerOptions = {}): Promise<DigestServer> {
  const { algorithm, qop, userhash = false, uses = Infinity, nextnonce = false } = options;
  const { username = "Mufasa", password = "Circle of Life" } = options;
  const realm = 'the "inner" room';
  const opaque = "5ccc069c403ebaf9f0171e9517f40e41";
  const hashName = (algorithm ?? "MD5").toLowerCase().replace("-sess", "").replace("sha-", "sha");
  const hash = (text: string | Buffer): string => createHash(hashName).update(text).digest("hex");
  /** Requests by nonce. */
  const nonces = new Map<string, number>();
  /** The nonce of the challenge by the nonces that follow it: session keys are derived from it. */
  const challenges = new Map<string, string>();
  const seen: string[] = [];

  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const verdict = judge(request, body);
      seen.push(verdict);
      if (verdict.startsWith("ok")) {
        const given = /nonce="([^"]*)"/.exec(request.headers.authorization ?? "")?.[1] ?? "";
        const next = nextnonce
          ? { "authentication-info": `nextnonce="${newNonce(challengeOf(given))}", qop=auth` }
          : {};
        return response.writeHead(200, { "content-type": "application/json", ...next }).end("{}");
      }
      const parts = [
        `Digest realm="${realm.replaceAll('"', '\\"')}"`,
        `nonce="${newNonce()}"`,
        `opaque="${opaque}"`,
        qop && `qop="${qop}"`,
        algorithm && `algorithm=${algorithm}`,
        userhash && "userhash=true",
        verdict === "stale" && "stale=true",
      ];
      const digest = parts.filter(Boolean).join(", ");
      // As servers do: another scheme, and an algorithm that does not exist, before the one that works.
      const others = 'Negotiate, Digest realm="x", nonce="y", qop="auth", algorithm=SHA-1024';
      return response.writeHead(401, { "www-authenticate": [others, digest] }).end();
    });
  });

  /** @param challenge the nonce of the challenge, if this one follows it */
  function newNonce(challenge?: string): string {
    const nonce = randomBytes(12).toString("base64");
    nonces.set(nonce, 0);
    if (challenge !== undefined) challenges.set(nonce, challenge);
    return nonce;
  }

  function challengeOf(nonce: string): string {
    return challenges.get(nonce) ?? nonce;
  }

  function judge({ headers, method, url }: IncomingMessage, body: Buffer): string {
    const { authorization } = headers;
    if (authorization === undefined) return "none";
    const given = new Map<string, string>();
    for (const [, name = "", quoted, plain = ""] of authorization
      .replace(/^Digest /, "")
      .matchAll(/([\w*]+)=(?:"((?:[^"\\]|\\.)*)"|([^,\s]*))/g)) {
      given.set(name, quoted?.replaceAll(/\\(.)/g, "$1") ?? plain);
    }
    const of = (name: string): string => given.get(name) ?? "";
    const extended = given.get("username*")?.replace(/^UTF-8''/, "");
    const name = extended === undefined ? of("username") : decodeURIComponent(extended);
    if (name !== (userhash ? hash(`${username}:${realm}`) : username)) return "wrong";
    if (of("realm") !== realm || of("opaque") !== opaque || of("uri") !== url) return "wrong";
    const used = nonces.get(of("nonce"));
    if (used === undefined) return "wrong";
    let a1 = hash(`${username}:${realm}:${password}`);
    if (algorithm?.endsWith("-sess")) a1 = hash(`${a1}:${challengeOf(of("nonce"))}:${of("cnonce")}`);
    const a2 = hash(of("qop") === "auth-int" ? `${method}:${url}:${hash(body)}` : `${method}:${url}`);
    const middle = qop ? [of("nonce"), of("nc"), of("cnonce"), of("qop")] : [of("nonce")];
    if (of("response") !== hash([a1, ...middle, a2].join(":"))) return "wrong";
    if (qop && Number.parseInt(of("nc"), 16) !== used + 1) return "wrong";
    nonces.set(of("nonce"), used + 1);
    return used + 1 > uses ? "stale" : `ok ${qop ? of("nc") : "-"} ${of("qop") || "-"}`;
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
