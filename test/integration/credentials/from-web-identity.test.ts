import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { credentialsFromWebIdentity } from "#runtime/credentials/from-web-identity.js";
import { createNodeHttpTransport } from "#runtime/transport/node/transport.js";
import type { Transport } from "#runtime/schema/http.js";
import { createUndiciTransport } from "#runtime/transport/undici/transport.js";
import { startHttpServer } from "../http/support/servers.js";
import { environmentWith } from "../../unit/runtime/config/support.js";
import { contextOf, contextWith, failedSearch, reasonOf, search } from "../../unit/runtime/credentials/support.js";

const role = "arn:aws:iam::123456789012:role/app";
const scripted = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <SubjectFromWebIdentityToken>sub</SubjectFromWebIdentityToken>
    <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/app/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
    <Credentials>
      <SessionToken>hush+/=</SessionToken><SecretAccessKey>hush</SecretAccessKey>
      <Expiration>2030-01-02T03:04:05Z</Expiration><AccessKeyId>AKIDWEB</AccessKeyId>
    </Credentials>
  </AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>`;
const rejection = (code: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>hush</Message></Error></ErrorResponse>`;

/** An STS with scripted responses, the last one also for all later requests. */
async function startSts(...responses: (readonly [status: number, body: string])[]) {
  return startHttpServer((_request, response) => {
    const [status, body] = (responses.length > 1 ? responses.shift() : responses[0]) ?? [500, ""];
    response.writeHead(status, { "content-type": "text/xml" }).end(body);
  });
}

/** An environment with a token, and what else it says. */
function withToken(env: Record<string, string>, config = "") {
  const environment = environmentWith({ config });
  const file = join(environment.homeDirectory, "token");
  writeFileSync(file, "hush.jwt\n");
  return { ...environment, env: { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role, ...env } };
}

describe("web identity", () => {
  test("trades the token for a role's credentials, by one unsigned request", async () => {
    const sts = await startSts([200, scripted]);
    const environment = withToken({ AWS_ENDPOINT_URL_STS: sts.origin, AWS_ROLE_SESSION_NAME: "me" });
    expect(await search(contextOf(environment))).toEqual({
      accessKeyId: "AKIDWEB",
      secretAccessKey: "hush",
      sessionToken: "hush+/=",
      expiration: new Date("2030-01-02T03:04:05Z"),
      accountId: "123456789012",
      source: `web identity, role ${role}`,
    });
    const [request] = sts.requests;
    expect(sts.requests).toHaveLength(1);
    expect(request?.headers).not.toHaveProperty("authorization");
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      Action: "AssumeRoleWithWebIdentity",
      Version: "2011-06-15",
      RoleArn: role,
      RoleSessionName: "me",
      WebIdentityToken: "hush.jwt",
    });
  });

  test("of a profile serves by the profile's own role", async () => {
    const sts = await startSts([200, scripted]);
    const environment = withToken({ AWS_ENDPOINT_URL_STS: sts.origin, AWS_WEB_IDENTITY_TOKEN_FILE: "" });
    const file = join(environment.homeDirectory, "token");
    const config = `[default]\nrole_arn = ${role}\nweb_identity_token_file = ${file}\nrole_session_name = mine`;
    writeFileSync(join(environment.homeDirectory, ".aws", "config"), config);
    expect(await search(contextOf(environment))).toMatchObject({
      accessKeyId: "AKIDWEB",
      source: `web identity of profile "default", role ${role}`,
    });
    expect(new URLSearchParams(sts.requests[0]?.body).get("RoleSessionName")).toBe("mine");
  });

  test("has a session name of its own where none is set", async () => {
    const sts = await startSts([200, scripted]);
    await search(contextOf(withToken({ AWS_ENDPOINT_URL_STS: sts.origin }), { now: () => 17 }));
    expect(new URLSearchParams(sts.requests[0]?.body).get("RoleSessionName")).toBe("clientsmith-17");
  });

  test.for([
    [500, ""],
    [429, ""],
    [400, rejection("IDPCommunicationError")],
    [400, rejection("Throttling")],
  ] as const)("requests again after %s %s", async (first) => {
    const sts = await startSts(first, [200, scripted]);
    const environment = withToken({ AWS_ENDPOINT_URL_STS: sts.origin });
    expect(await search(contextOf(environment))).toMatchObject({ accessKeyId: "AKIDWEB" });
    expect(sts.requests).toHaveLength(2);
  });

  test.for([
    [400, rejection("ExpiredTokenException"), "returned status 400 (ExpiredTokenException) to a request for role"],
    [403, "hush", "returned status 403 to a request for role"],
    [200, "<hush/>", "returned something other than credentials"],
    [200, scripted.replace("2030-01-02T03:04:05Z", "hush"), "returned something other than credentials"],
    [200, scripted.replace("AKIDWEB", ""), "returned something other than credentials"],
    [302, "hush", "returned status 302 to a request for role"],
  ] as const)("that is rejected ends the search: %s %.30s", async ([status, body, reason]) => {
    const sts = await startSts([status, body]);
    const error = await failedSearch(contextOf(withToken({ AWS_ENDPOINT_URL_STS: sts.origin })));
    expect(error.tried.at(-1)?.source).toBe("web identity");
    expect(error.message).toContain(`STS at ${sts.origin} ${reason}`);
    expect(error.message).not.toContain("hush");
    expect(sts.requests).toHaveLength(1);
  });

  test("reports that there is no response, after three attempts", async () => {
    const sts = await startSts([200, scripted]);
    await sts.close();
    const error = await failedSearch(contextOf(withToken({ AWS_ENDPOINT_URL_STS: sts.origin })));
    expect(error.message).toContain(`STS at ${sts.origin} did not respond`);
    expect(error.cause).toMatchObject({ code: "Connection" });
  });

  test("follows no redirect, which would carry the token elsewhere", async () => {
    const elsewhere = await startSts([200, scripted]);
    const sts = await startHttpServer((_request, response) =>
      response.writeHead(307, { location: `${elsewhere.origin}/` }).end(),
    );
    const error = await failedSearch(contextOf(withToken({ AWS_ENDPOINT_URL_STS: sts.origin })));
    expect(error.message).toContain("returned status 307");
    expect(elsewhere.requests).toHaveLength(0);
  });

  test("waits for a silent STS no longer than its limits, three times", async () => {
    const sts = await startHttpServer(() => {});
    const real = createNodeHttpTransport();
    const limits: unknown[] = [];
    const transport: Transport = {
      send: (request, given) => {
        limits.push(given);
        return real.send(request, { connectTimeout: 1_000, headersTimeout: 50, bodyTimeout: 1_000 });
      },
      close: () => real.close(),
    };
    const error = await failedSearch(contextOf(withToken({ AWS_ENDPOINT_URL_STS: sts.origin }), { transport }));
    expect(error.message).toContain(`STS at ${sts.origin} did not respond`);
    expect(error.cause).toMatchObject({ code: "Timeout" });
    expect(error.message).not.toContain("hush");
    expect(sts.requests).toHaveLength(3);
    expect(limits[0]).toEqual({ connectTimeout: 5_000, headersTimeout: 10_000, bodyTimeout: 10_000 });
  });

  test("reads no more of a response than the client's transport allows", async () => {
    const sts = await startSts([200, scripted + " ".repeat(5_000)]);
    const transport = createNodeHttpTransport({ maxResponseSize: 4_096 });
    const error = await failedSearch(contextOf(withToken({ AWS_ENDPOINT_URL_STS: sts.origin }), { transport }));
    expect(error.message).toContain("did not respond");
    expect(error.message).not.toContain("hush");
  });

  // Of this length, what takes the cube of it would last for seconds, and end all the same.
  test.for([200, 400])(
    "is not held up by a response with status %s that is nothing but white space",
    async (status) => {
      const blank = " ".repeat(1_500);
      const sts = await startSts([status, `<Code>${blank}<AccessKeyId>${blank}`]);
      const environment = withToken({ AWS_ENDPOINT_URL_STS: sts.origin });
      const startedAt = performance.now();
      await failedSearch(contextOf(environment));
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    },
  );

  test("needs a token in its file", async () => {
    const environment = withToken({});
    writeFileSync(environment.env.AWS_WEB_IDENTITY_TOKEN_FILE, "\n");
    expect(reasonOf(await credentialsFromWebIdentity(contextOf(environment)))).toBe(
      `${environment.env.AWS_WEB_IDENTITY_TOKEN_FILE}, which AWS_WEB_IDENTITY_TOKEN_FILE names, is empty`,
    );
  });

  test("needs a role and a file", async () => {
    const found = await credentialsFromWebIdentity(contextWith({ AWS_WEB_IDENTITY_TOKEN_FILE: "/gone" }));
    expect(reasonOf(found)).toBe("AWS_WEB_IDENTITY_TOKEN_FILE is set, AWS_ROLE_ARN is not");
    const gone = await credentialsFromWebIdentity(
      contextWith({ AWS_WEB_IDENTITY_TOKEN_FILE: "/gone", AWS_ROLE_ARN: role }),
    );
    expect(reasonOf(gone)).toBe("/gone, which AWS_WEB_IDENTITY_TOKEN_FILE names, cannot be read (ENOENT)");
  });

  test.for([
    [{ AWS_REGION: "eu-west-1" }, "", undefined, "https://sts.eu-west-1.amazonaws.com"],
    [{ AWS_REGION: "cn-north-1" }, "", undefined, "https://sts.cn-north-1.amazonaws.com.cn"],
    [
      { AWS_REGION: "us-east-1", AWS_USE_FIPS_ENDPOINT: "true" },
      "",
      undefined,
      "https://sts-fips.us-east-1.amazonaws.com",
    ],
    [{ AWS_REGION: "us-east-1", AWS_USE_DUALSTACK_ENDPOINT: "true" }, "", undefined, "https://sts.us-east-1.api.aws"],
    [
      { AWS_REGION: "us-gov-west-1", AWS_USE_FIPS_ENDPOINT: "true" },
      "",
      undefined,
      "https://sts.us-gov-west-1.amazonaws.com",
    ],
    [
      { AWS_REGION: "us-gov-west-1", AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true" },
      "",
      undefined,
      "https://sts-fips.us-gov-west-1.api.aws",
    ],
    [{ AWS_REGION: "aws-global" }, "", undefined, "https://sts.amazonaws.com"],
    [{}, "[default]\nregion = sa-east-1", undefined, "https://sts.sa-east-1.amazonaws.com"],
    [{ AWS_REGION: "eu-west-1" }, "", "ap-south-1", "https://sts.ap-south-1.amazonaws.com"],
    [{}, "", undefined, "https://sts.us-east-1.amazonaws.com"],
  ] as const)("calls the STS of the Region: %j %j %j", async ([env, config, region, origin]) => {
    const asked: string[] = [];
    const transport = createUndiciTransport();
    const context = contextOf(withToken(env, config), {
      region,
      transport: {
        send: (request) => {
          asked.push(request.origin);
          return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(scripted) });
        },
        close: () => transport.close(),
      },
    });
    await search(context);
    expect(asked).toEqual([origin]);
  });
});
