import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testCredentials } from "@clientsmith/runtime/testing";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startLocalCloudTrail } from "../../../examples/cloudtrail-local/index.js";
import { emitPackage } from "../../integration/emitters/support/emitted.js";
import { npm, npmInstall } from "../../support/npm.js";
import { root } from "../../support/shared.js";

/** A package with `--emit mcp`, built and packed by its own scripts, and installed in an empty project. */
describe("the server of a packed package, started by npx", () => {
  const project = mkdtempSync(join(tmpdir(), "clientsmith-npx-"));
  let isInstalled = false;

  beforeAll(async () => {
    const { folder } = await emitPackage("mcp-npx", ["mcp"]);
    // The package is built before it is packed; the runtime is built already.
    npm(folder, "pack", "--pack-destination", project);
    npm(join(root, "runtime"), "pack", "--ignore-scripts", "--pack-destination", project);
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true }));
    const tarballs = readdirSync(project).filter((name) => name.endsWith(".tgz"));
    isInstalled = npmInstall(
      project,
      ["install", "--prefer-offline", ...tarballs.map((name) => `./${name}`)],
      "the server started by npx",
    );
  }, 300_000);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it.for(["@clientsmith/cloudtrail", "cloudtrail-mcp"])("as %s", { timeout: 60_000 }, async (command, context) => {
    context.skip(!isInstalled);
    const local = await startLocalCloudTrail({ events: 5 });
    const client = new Client({ name: "test", version: "1.0.0" });
    onTestFinished(async () => {
      await client.close();
      await local.close();
    });
    await client.connect(
      new StdioClientTransport({
        command: "npx",
        args: ["--no-install", command, "--endpoint", local.endpoint, "--allow", "StartLogging"],
        cwd: project,
        env: {
          PATH: process.env["PATH"] ?? "",
          HOME: project,
          AWS_REGION: "eu-west-1",
          AWS_EC2_METADATA_DISABLED: "true",
          AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
        },
      }),
    );
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(["LookupEvents", "StartLogging"]));
    const { content } = await client.callTool({ name: "LookupEvents", arguments: { MaxResults: 2 } });
    const [output] = content as { readonly text: string }[];
    expect((JSON.parse(output?.text ?? "") as { readonly Events: unknown[] }).Events.length).toBe(5);
    expect(local.requests.map(({ operation }) => operation)).toEqual(["LookupEvents", "LookupEvents", "LookupEvents"]);
  });
});
