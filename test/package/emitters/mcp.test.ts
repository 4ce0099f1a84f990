import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { testCredentials } from "@clientsmith/runtime/testing";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { startLocalCloudTrail } from "../../../examples/cloudtrail-local/index.js";
import { emitPackage } from "../../integration/emitters/support/emitted.js";
import { root } from "../../support/shared.js";

const { folder } = await emitPackage("mcp", ["mcp"]);
rmSync(join(folder, ".tsbuildinfo"), { force: true });
const tsc = join(root, "node_modules/typescript/bin/tsc");
const built = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
const command = join(folder, "dist/mcp/command.js");

interface Result {
  readonly texts: readonly string[];
  readonly isError: boolean;
}

/** The official client, connected over stdio to the generated server, which calls a CloudTrail in memory. */
async function connect(...flags: readonly string[]) {
  const local = await startLocalCloudTrail({ events: 200 });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [command, "--endpoint", local.endpoint, ...flags],
    env: {
      ...environment,
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
    },
    stderr: "pipe",
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);
  onTestFinished(async () => {
    await client.close();
    await local.close();
  });
  const call = async (name: string, input: Record<string, unknown> = {}): Promise<Result> => {
    const { content, isError } = await client.callTool({ name, arguments: input });
    const texts = (content as { readonly type: string; readonly text: string }[]).map(({ text }) => text);
    return { texts, isError: isError === true };
  };
  return { client, call, requests: local.requests };
}

const environment = { PATH: process.env["PATH"] ?? "", AWS_REGION: "us-east-1", AWS_EC2_METADATA_DISABLED: "true" };

const readOnly = [
  "DescribeTrails",
  "GetEventSelectors",
  "GetInsightSelectors",
  "GetTrail",
  "GetTrailStatus",
  "ListPublicKeys",
  "ListTags",
  "ListTrails",
  "LookupEvents",
];

function cursorOf({ texts }: Result): string {
  return /continue_output with the cursor (\S+)\.$/.exec(texts[1] ?? "")?.[1] ?? "";
}

describe("the generated server", () => {
  it("is built by the package's own settings", () => {
    expect(built.stdout).toBe("");
  });

  it("offers a tool for each read-only operation, with its JSON Schema and annotations", async () => {
    const { client } = await connect();
    expect(client.getServerVersion()).toEqual({ name: "CloudTrail", version: "2013-11-01" });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([...readOnly, "continue_output"]);
    expect(tools.find(({ name }) => name === "GetTrail")).toEqual({
      name: "GetTrail",
      description: expect.stringMatching(/\w/) as string,
      inputSchema: {
        type: "object",
        properties: {
          Name: {
            type: "string",
            minLength: 3,
            pattern: expect.stringContaining("arn:aws") as string,
            description: "Name or ARN of the trail.",
          },
        },
        required: ["Name"],
        additionalProperties: false,
      },
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true },
    });
  });

  it("calls the service, and returns its errors and those of the input", async () => {
    const { call, requests } = await connect("--region", "eu-west-1");
    const { texts, isError } = await call("DescribeTrails");
    expect([texts, isError]).toEqual([['{"trailList":[]}'], false]);
    expect(await call("GetTrail", { Name: "missing" })).toEqual({
      texts: [expect.stringMatching(/^TrailNotFoundException: .*missing/) as string],
      isError: true,
    });
    const before = requests.length;
    const invalid = await call("LookupEvents", { MaxResults: 51, StartTime: "soon", Extra: 1 });
    expect(invalid.isError).toBe(true);
    for (const part of ["MaxResults", "StartTime", "Extra"]) expect(invalid.texts[0]).toContain(part);
    expect(requests.length).toBe(before);
    expect((await call("LookupEvent")).texts[0]).toBe("There is no tool LookupEvent. Did you mean LookupEvents?");
  });

  it("rejects operations that write, unless they are allowed by name or pattern", async () => {
    const closed = await connect();
    const rejected = await closed.call("DeleteTrail", { Name: "audit" });
    expect(rejected).toEqual({
      texts: ["DeleteTrail is not a read-only operation. To allow it, start the server with --allow DeleteTrail."],
      isError: true,
    });
    expect(closed.requests.length).toBe(0);

    const { client, call } = await connect("--allow", "CreateTrail", "--allow", "St*Logging");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(
      [...readOnly, "CreateTrail", "StartLogging", "StopLogging", "continue_output"].toSorted((left, right) =>
        left < right ? -1 : 1,
      ),
    );
    expect(tools.find(({ name }) => name === "StartLogging")?.annotations).toEqual({
      readOnlyHint: false,
      destructiveHint: true,
      idempotentHint: true,
    });
    expect((await call("CreateTrail", { Name: "audit", S3BucketName: "logs-of-ours" })).isError).toBe(false);
    expect((await call("StartLogging", { Name: "audit" })).isError).toBe(false);
    const status = JSON.parse((await call("GetTrailStatus", { Name: "audit" })).texts[0] ?? "") as {
      StartLoggingTime: string;
    };
    expect(status.StartLoggingTime).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it("requests a bounded number of pages, and reads on with a cursor", async () => {
    const { call, requests } = await connect("--budget", "1000000", "--max-pages", "2");
    const first = await call("LookupEvents", { MaxResults: 30 });
    const events = (result: Result): unknown[] => (JSON.parse(result.texts[0] ?? "") as { Events: unknown[] }).Events;
    expect([events(first).length, requests.length]).toEqual([60, 2]);
    expect(first.texts[1]).toMatch(/^The service has more pages\. To read on, call continue_output/);
    const second = await call("continue_output", { cursor: cursorOf(first) });
    expect([events(second).length, requests.length]).toEqual([60, 4]);
    expect(events(second)).not.toEqual(events(first));
    let [count, last] = [120, second];
    while (last.texts.length > 1) {
      last = await call("continue_output", { cursor: cursorOf(last) });
      count += events(last).length;
    }
    expect(count).toBe(200);
  });

  it("cuts an output to the budget, and the parts make up the output", async () => {
    const { call, requests } = await connect("--budget", "2000", "--max-pages", "1");
    let part = await call("LookupEvents", { MaxResults: 10 });
    let whole = part.texts[0] ?? "";
    expect(part.texts[1]).toMatch(/^The output is cut; \d+ more characters follow\. The service has more pages\./);
    while (part.texts[1]?.startsWith("The output is cut") === true) {
      expect(part.texts[0]?.length).toBe(2000);
      part = await call("continue_output", { cursor: cursorOf(part) });
      whole += part.texts[0] ?? "";
    }
    expect((JSON.parse(whole) as { Events: unknown[] }).Events.length).toBe(10);
    expect(requests.length).toBe(1);
    expect((await call("continue_output", { cursor: "none" })).isError).toBe(true);
  });

  it.each([
    [["--alow", "x"], 2, "--alow is unknown. Did you mean --allow?"],
    [["--allow", "DeletTrail"], 2, "--allow: No operation is named DeletTrail. Did you mean DeleteTrail?"],
    [["--budget", "many"], 2, "--budget must be a positive integer, but is many."],
    [["--endpoint"], 2, "--endpoint needs a value: URL."],
  ])("does not start with %j", (flags, code, message) => {
    const { status, stderr } = spawnSync(process.execPath, [command, ...flags], { encoding: "utf8", env: environment });
    expect([status, stderr.split("\n")[0]]).toEqual([code, message]);
  });

  it("prints its options, and ends with its input", () => {
    const { status, stdout } = spawnSync(process.execPath, [command, "--help"], { encoding: "utf8", env: environment });
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: cloudtrail-mcp [options]");
    const ended = spawnSync(process.execPath, [command], {
      encoding: "utf8",
      env: environment,
      input: "",
      timeout: 10_000,
    });
    expect([ended.status, ended.signal, ended.stdout]).toEqual([0, null, ""]);
  });
});

describe("the server of a service outside AWS", () => {
  it("signs in with the API key of the environment", async () => {
    const bookshop = await emitPackage("bookshop-mcp", ["mcp"], join(root, "examples/bookshop/bookshop.smithy"));
    const compiled = spawnSync(process.execPath, [tsc, "-p", bookshop.folder], { encoding: "utf8" });
    expect(compiled.stdout).toBe("");
    const requests: IncomingMessage[] = [];
    const http = createServer((request, response) => {
      requests.push(request);
      response.setHeader("content-type", "application/json").end("{}");
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const client = new Client({ name: "test", version: "1.0.0" });
    onTestFinished(async () => {
      await client.close();
      http.closeAllConnections();
      http.close();
    });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [join(bookshop.folder, "dist/mcp/command.js"), "--endpoint", endpoint, "--allow", "PlaceOrder"],
        env: { PATH: environment.PATH, CLIENTSMITH_MCP_API_KEY: "key-of-the-shop" },
      }),
    );
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain("PlaceOrder");
    await client.callTool({ name: "GetBook", arguments: { isbn: "978-0-262-51087-5" } });
    expect(requests.map(({ method, url, headers }) => [method, url, headers["x-api-key"]])).toEqual([
      ["GET", "/books/978-0-262-51087-5", "key-of-the-shop"],
    ]);
  }, 60_000);
});
