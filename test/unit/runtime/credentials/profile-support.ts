import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CredentialContext } from "#runtime/credentials/types.js";
import { type ReceivedRequest, startHttpServer, type TestServer } from "../../../integration/http/support/servers.js";
import { environmentWith } from "../config/support.js";
import { contextOf } from "./support.js";

export const start = Date.parse("2030-01-01T00:00:00Z");

type ScriptedResponse = readonly [status: number, body: string | object];

/** A service that responds to each request by a function. */
export function startService(
  given: (request: ReceivedRequest, count: number) => ScriptedResponse,
): Promise<TestServer> {
  let count = 0;
  return startHttpServer((request, response) => {
    const [status, body] = given(request, count++);
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
  });
}

/** An STS that gives each role its own keys: `AKID` and the name of the role. */
export function startSts(): Promise<TestServer> {
  return startService(({ body }) => {
    const arn = new URLSearchParams(body).get("RoleArn") ?? "";
    const name = arn.slice(arn.lastIndexOf("/") + 1);
    return [
      200,
      `<R><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/${name}/s</Arn></AssumedRoleUser><Credentials>
        <AccessKeyId>AKID${name}</AccessKeyId><SecretAccessKey>hush</SecretAccessKey><SessionToken>hush</SessionToken>
        <Expiration>2030-01-01T01:00:00Z</Expiration></Credentials></R>`,
    ];
  });
}

/** The context of a client whose home directory has these files, by path. */
export function contextIn(
  config: string,
  {
    env = {},
    files = {},
    ...rest
  }: Partial<CredentialContext> & {
    readonly env?: Readonly<Record<string, string>>;
    readonly files?: Readonly<Record<string, object | string>>;
  } = {},
): CredentialContext & { read(path: string): Record<string, unknown> } {
  const environment = environmentWith({ config }, env);
  const at = (path: string): string => join(environment.homeDirectory, path);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), typeof content === "string" ? content : JSON.stringify(content));
  }
  const context = contextOf(environment, { now: () => start, ...rest });
  return { ...context, read: (path) => JSON.parse(readFileSync(at(path), "utf8")) as Record<string, unknown> };
}
