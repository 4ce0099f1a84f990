import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { presignRequestInSteps } from "../../runtime/src/signing/presign.js";
import { signRequestInSteps } from "../../runtime/src/signing/sign.js";
import type { SigningOptions } from "../../runtime/src/signing/types.js";
import { verifyRequest } from "../../runtime/src/signing/verify.js";
import type { HttpRequest } from "../../runtime/src/transport/types.js";
import { sharedPath } from "../support/shared.js";

interface Case {
  readonly name: string;
  readonly context: {
    readonly credentials: {
      readonly access_key_id: string;
      readonly secret_access_key: string;
      readonly token?: string;
    };
    readonly expiration_in_seconds: number;
    readonly normalize: boolean;
    readonly region: string;
    readonly service: string;
    readonly sign_body: boolean;
    readonly timestamp: string;
    readonly omit_session_token?: boolean;
  };
  readonly [stage: string]: unknown;
}

const path = sharedPath("conformance/sigv4/v4.json");
const cases: Case[] = path ? (JSON.parse(readFileSync(path, "utf8")) as Case[]) : [];

describe.skipIf(!path)("AWS signing test suite", () => {
  test("has its 38 cases", () => {
    expect(cases).toHaveLength(38);
  });

  test.for(cases)("$name, header form", (given) => {
    const { request, steps } = signRequestInSteps(parseRequest(text(given, "request")), optionsOf(given));
    expect(steps.canonicalRequest).toBe(text(given, "header-canonical-request"));
    expect(steps.stringToSign).toBe(text(given, "header-string-to-sign"));
    expect(steps.signature).toBe(text(given, "header-signature"));
    expect(request).toEqual(parseRequest(text(given, "header-signed-request")));
    expect(verify(request, given)).toMatchObject({ ok: true });
  });

  test.for(cases)("$name, query form", (given) => {
    const { expiration_in_seconds: expiresIn } = given.context;
    const unsigned = parseRequest(text(given, "request"));
    const { request, steps } = presignRequestInSteps(unsigned, { ...optionsOf(given), expiresIn });
    expect(steps.canonicalRequest).toBe(text(given, "query-canonical-request"));
    expect(steps.stringToSign).toBe(text(given, "query-string-to-sign"));
    expect(steps.signature).toBe(text(given, "query-signature"));
    expect(request).toEqual(parseRequest(text(given, "query-signed-request")));
    // A query does not tell that the token was added after signing, so that it is taken as signed.
    expect(verify(request, given).ok).toBe(!given.context.omit_session_token);
  });
});

function text(given: Case, stage: string): string {
  const value = given[stage];
  if (typeof value !== "string") throw new TypeError(`${given.name} has no ${stage}`);
  return value;
}

function optionsOf({ context }: Case): SigningOptions {
  const { access_key_id: accessKeyId, secret_access_key: secretAccessKey, token: sessionToken } = context.credentials;
  return {
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    region: context.region,
    service: context.service,
    date: new Date(context.timestamp),
    normalizePath: context.normalize,
    // The suite's paths are written unencoded and its canonical requests encode them once.
    doubleEncodePath: false,
    signBody: context.sign_body,
    omitSessionToken: context.omit_session_token,
  };
}

function verify(request: HttpRequest, given: Case) {
  const { credentials, region, service, date, normalizePath, doubleEncodePath } = optionsOf(given);
  const lookup = (id: string) => (id === credentials.accessKeyId ? credentials : undefined);
  return verifyRequest(request, { lookup, region, service, now: date, normalizePath, doubleEncodePath });
}

/** A request as the suite writes it: start line, headers (with old-style line folding), an empty line, the body. */
function parseRequest(raw: string): HttpRequest {
  const [head = "", body = ""] = raw.split(/\n\n(.*)/s);
  const [startLine = "", ...lines] = head.trimEnd().replaceAll(/\n\s+/g, " ").split("\n");
  const [, method = "", target = ""] = /^(\S+) (.*) HTTP\/1\.1$/.exec(startLine) ?? [];
  const [pathname = "", query = ""] = target.split("?");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    const value = line.slice(line.indexOf(":") + 1);
    headers[name] = name in headers ? `${headers[name]},${value}` : value;
  }
  return {
    method,
    origin: `https://${headers["host"]}`,
    path: encodeURI(pathname),
    query: encodeURI(query).replaceAll("%25", "%"),
    headers,
    ...(body === "" ? {} : { body }),
  };
}
