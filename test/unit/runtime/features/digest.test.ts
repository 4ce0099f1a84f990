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

  it("counts the requests of a session", () => {
    const session = readChallenge(challenge("MD5"));
    if (!session) throw new Error("No challenge");
    for (let count = 0; count < 11; count++) digestAuthorization(session, mufasa, request);
    expect(digestAuthorization(session, mufasa, request)).toContain("nc=0000000c");
  });
});

describe("readChallenge", () => {
  it("takes the first algorithm that is supported, among several schemes in one header", () => {
    const header = ['Basic realm="a, b=c"', challenge("SHA-512-256"), challenge("sha-256"), challenge("MD5")].join(
      ", ",
    );
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

  it.each(["", "Basic realm=x", 'Digest realm="x"', 'Digest nonce="x"', challenge("SHA-512-256"), "Negotiate YII=="])(
    "finds none in %j",
    (header) => {
      expect(readChallenge(header)).toBeUndefined();
    },
  );

  it("finds none where the service requires an unknown qop", () => {
    expect(readChallenge('Digest realm="x", nonce="y", qop="other"')).toBeUndefined();
  });
});
