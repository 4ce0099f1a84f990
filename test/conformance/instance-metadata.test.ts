import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InstanceMetadata } from "#runtime/credentials/from-instance-metadata.js";
import { startHttpServer } from "../integration/http/support/servers.js";
import { sharedPath } from "../support/shared.js";
import { contextWith } from "../unit/runtime/credentials/support.js";

/** What an instance returns, and what credentials it gives. */
const file = sharedPath("conformance/credentials/imds.json");

interface Case {
  readonly summary: string;
  readonly config: {
    readonly ec2InstanceProfileName: string | null;
    readonly envVars?: Readonly<Record<string, string>>;
  };
  readonly expectations: readonly {
    readonly get: string;
    readonly response: { readonly status: number; readonly body?: string | object };
  }[];
  readonly outcomes: readonly {
    readonly result: "credentials" | "no credentials" | "invalid profile";
    readonly accountId?: string;
  }[];
}

const cases = file ? (JSON.parse(readFileSync(file, "utf8")) as readonly Case[]) : [];

describe.skipIf(!file)("instance metadata", () => {
  it("have 13 cases", () => {
    expect(cases).toHaveLength(13);
  });

  it.each(cases)("$summary", async ({ config, expectations, outcomes }) => {
    const rest = [...expectations];
    const server = await startHttpServer(({ method }, response) => {
      if (method === "PUT") return response.end("token");
      const { status, body = "" } = rest.shift()?.response ?? { status: 599 };
      return response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
    });
    const { ec2InstanceProfileName: name, envVars } = config;
    const env = {
      AWS_EC2_METADATA_DISABLED: "",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: server.origin,
      ...(name && { AWS_EC2_INSTANCE_PROFILE_NAME: name }),
      ...envVars,
    };
    // The credentials of the cases have expired; here, it is the day on which they were made.
    const metadata = new InstanceMetadata(contextWith(env, {}, { now: () => Date.parse("2025-03-12T00:00:00Z") }));
    const found: object[] = [];
    for (const _ of outcomes) {
      const loaded = await metadata.load();
      if (!("reason" in loaded))
        found.push({ result: "credentials", ...(loaded.accountId && { accountId: loaded.accountId }) });
      else
        found.push({
          result: loaded.reason.includes("status 404 for credentials of") ? "invalid profile" : "no credentials",
        });
    }
    expect(found).toEqual(outcomes);
    const asked = server.requests.filter(({ method }) => method === "GET").map(({ url }) => url.replace(/\/$/, ""));
    expect(asked).toEqual(expectations.map(({ get }) => get));
  });
});
