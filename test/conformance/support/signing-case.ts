import type { SigningOptions } from "#runtime/signing/types.js";
import type { HttpRequest } from "#runtime/schema/http.js";

/** A case of the AWS signing test suite. */
export interface Case {
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

/** What the suite expects at one stage. */
export function text(given: Case, stage: string): string {
  const value = given[stage];
  if (typeof value !== "string") throw new TypeError(`${given.name} has no ${stage}`);
  return value;
}

/** How the suite signs a case. */
export function optionsOf({ context }: Case): SigningOptions {
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

/** A request as the suite writes it: start line, headers (with old-style line folding), an empty line, the body. */
export function parseRequest(raw: string): HttpRequest {
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
