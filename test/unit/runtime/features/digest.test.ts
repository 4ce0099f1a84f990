import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { digestAuthorization, readChallenge, readInfo } from "#runtime/features/support/digest.js";

const nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
const opaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
const cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
const request = { method: "GET", path: "/dir/index.html", query: "", body: undefined };
const mufasa = { username: "Mufasa", password: "Circle of Life" };

const challenge = (algorithm: string, more = ""): string =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"${more}`;

/** The parameters of the header for a challenge. */
function parametersFor(header: string, login = mufasa): Readonly<Record<string, string>> {
  const session = readChallenge(header);
  if (!session) throw new Error("No challenge");
  return Object.fromEntries(
    readInfo(digestAuthorization({ ...session, cnonce }, login, request).replace("Digest", "")),
  );
}

/** A session, and its key by the definition of the RFC. */
function sessionOf(algorithm: string) {
  const session = readChallenge(challenge(algorithm));
  if (!session) throw new Error("No challenge");
  const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
  const secret = hash(`${hash("Mufasa:http-auth@example.org:Circle of Life")}:${nonce}:${cnonce}`);
  return { session: { ...session, cnonce }, secret };
}

describe("a digest", () => {
  it.each([
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ])("is that of the example of RFC 7616, section 3.9.1: %s", (algorithm, response) => {
    expect(parametersFor(challenge(algorithm))).toEqual({
      username: "Mufasa",
      realm: "http-auth@example.org",
      uri: "/dir/index.html",
      algorithm,
      nonce,
      nc: "00000001",
      cnonce,
      qop: "auth",
      response,
      opaque,
    });
  });

  it("has SHA-512-256, with the hash of the user name of RFC 7616, section 3.9.2 (erratum 4897)", () => {
    const header = 'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="n", userhash=true';
    const { username, response } = parametersFor(header, {
      username: "J\u00e4s\u00f8n Doe",
      password: "Secret, or not?",
    });
    expect(username).toBe("793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b");
    const hash = (text: string): string => createHash("sha512-256").update(text).digest("hex");
    const secret = hash("J\u00e4s\u00f8n Doe:api@example.org:Secret, or not?");
    expect(response).toBe(hash(`${secret}:n:00000001:${cnonce}:auth:${hash("GET:/dir/index.html")}`));
  });

  it("with a session key keeps that of the challenge when the nonce changes", () => {
    const { secret, session } = sessionOf("SHA-256-sess");
    const next = digestAuthorization({ ...session, nonce: "next", count: 0 }, mufasa, request);
    const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
    expect(readInfo(next.replace("Digest", "")).get("response")).toBe(
      hash(`${secret}:next:00000001:${cnonce}:auth:${hash("GET:/dir/index.html")}`),
    );
  });

  it("counts the requests of a session", () => {
    const session = readChallenge(challenge("MD5"));
    if (!session) throw new Error("No challenge");
    for (let count = 0; count < 11; count++) digestAuthorization(session, mufasa, request);
    expect(digestAuthorization(session, mufasa, request)).toContain("nc=0000000c");
  });
});

describe("readChallenge", () => {
  it("takes the first algorithm that is supported, among several schemes in one header", () => {
    const header = ['Basic realm="a, b=c"', challenge("SHA-512"), challenge("sha-256"), challenge("MD5")].join(", ");
    expect(readChallenge(header)).toMatchObject({ algorithm: "sha-256", qop: "auth", nonce, opaque, stale: false });
  });

  it("reads quotes, and flags in any case", () => {
    const header = String.raw`digest REALM="a \"b\" \\", nonce=abc, Stale=TRUE, userhash=true, qop="auth-int"`;
    expect(readChallenge(header)).toMatchObject({
      realm: String.raw`a "b" \ `.trim(),
      nonce: "abc",
      stale: true,
      userhash: true,
      qop: "auth-int",
      algorithm: undefined,
      opaque: undefined,
    });
  });

  it.each([
    "",
    "Basic realm=x",
    'Digest realm="x"',
    'Digest nonce="x"',
    challenge("SHA-512"),
    challenge("constructor"),
    "Negotiate YII==",
  ])("finds none in %j", (header) => {
    expect(readChallenge(header)).toBeUndefined();
  });

  it("finds none where the service requires an unknown qop", () => {
    expect(readChallenge('Digest realm="x", nonce="y", qop="other"')).toBeUndefined();
  });
});
