import { describe, expect, it } from "vitest";
import { type McpTool, readMcpCommand } from "#runtime/mcp/index.js";

const operation = {
  name: "Burn",
  input: { type: "structure", name: "In", members: {} },
  output: { type: "structure", name: "Out", members: {} },
} as const;
const tools: readonly McpTool[] = [{ operation, description: "", inputSchema: {}, readOnly: false }];

const read = (argv: readonly string[], environment = {}, options = ["endpoint", "apiKey", "login"]) =>
  readMcpCommand({ name: "shop-mcp", tools, options }, argv, environment);

describe("the command line of a server", () => {
  it("sets limits, allowed operations and client options", () => {
    const argv = ["--allow", "B*", "--allow=Burn", "--budget", "10", "--max-pages=2", "--endpoint", "http://shop.test"];
    expect(read(argv)).toEqual({
      settings: { allow: ["B*", "Burn"], budget: 10, maxPages: 2 },
      client: { endpoint: "http://shop.test" },
    });
    expect(read([])).toEqual({ settings: {}, client: {} });
  });

  it("is completed by the environment, which has the secrets", () => {
    const environment = {
      CLIENTSMITH_MCP_ALLOW: "Burn, B*",
      CLIENTSMITH_MCP_BUDGET: "5",
      CLIENTSMITH_MCP_API_KEY: "key",
      CLIENTSMITH_MCP_TOKEN: "token",
      CLIENTSMITH_MCP_USERNAME: "ada",
      CLIENTSMITH_MCP_PASSWORD: "secret",
    };
    expect(read(["--budget", "7"], environment)).toEqual({
      settings: { allow: ["Burn", "B*"], budget: 7 },
      client: { apiKey: "key", login: { username: "ada", password: "secret" } },
    });
    expect(read([], { ...environment, CLIENTSMITH_MCP_PASSWORD: "" })).toMatchObject({ client: { apiKey: "key" } });
    expect(read([], environment, ["endpoint", "token"])).toMatchObject({ client: { token: "token" } });
  });

  it("must have what the client requires", () => {
    const facts = { name: "shop-mcp", tools, options: ["endpoint"], required: ["endpoint"] } as const;
    expect(readMcpCommand(facts, [], {})).toEqual({
      exitCode: 2,
      text: "--endpoint URL is required: the model of the service states none.\nRun `shop-mcp --help` for the options.\n",
    });
    const command = readMcpCommand(facts, ["--endpoint", "http://shop.test"], {});
    expect(command.exitCode === undefined && command.client.endpoint).toBe("http://shop.test");
  });

  it("has limits of events where an operation has events", () => {
    expect(read(["--max-events", "1"])).toMatchObject({ exitCode: 2 });
    const union = { type: "union", name: "Events", members: {} } as const;
    const output = {
      ...operation.output,
      members: { events: { type: "eventStream", streaming: true, events: union } },
    } as const;
    const streamed: McpTool = { operation: { ...operation, output }, description: "", inputSchema: {}, readOnly: true };
    const facts = { name: "shop-mcp", tools: [streamed], options: [] };
    expect(readMcpCommand(facts, ["--max-events", "1"], { CLIENTSMITH_MCP_MAX_SECONDS: "2" })).toMatchObject({
      settings: { maxEvents: 1, maxSeconds: 2 },
    });
  });

  it("has the options that the client has", () => {
    expect(read(["--region", "eu-west-1"])).toMatchObject({
      exitCode: 2,
      text: expect.stringMatching(/^--region is unknown\./) as string,
    });
    expect(read(["--region", "eu-west-1"], {}, ["endpoint", "region"])).toMatchObject({
      client: { region: "eu-west-1" },
    });
    const { text = "" } = read(["--help"]) as { readonly text?: string };
    expect(text).toContain("CLIENTSMITH_MCP_API_KEY, CLIENTSMITH_MCP_USERNAME, CLIENTSMITH_MCP_PASSWORD");
    expect(text).not.toMatch(/region|TOKEN/);
  });

  it.each([
    [["--bugdet", "1"], "--bugdet is unknown. Did you mean --budget?"],
    [["burn"], "burn is unknown."],
    [["--budget", "0"], "--budget must be a positive integer, but is 0."],
    [["--endpoint="], "--endpoint needs a value: URL."],
    [["--allow", "Born"], "--allow: No operation is named Born. Did you mean Burn?"],
  ])("that is wrong is reported: %j", (argv, problem) => {
    expect(read(argv)).toEqual({ exitCode: 2, text: `${problem}\nRun \`shop-mcp --help\` for the options.\n` });
  });
});
