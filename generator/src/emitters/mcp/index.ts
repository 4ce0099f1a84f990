import {
  comment,
  describePagination,
  type Emitter,
  literal,
  markdown,
  memberKey,
  type OperationIr,
  plainText,
  requiresEndpoint,
  type ServiceIr,
} from "../../plugin.js";
import { schemaOf } from "../json-schema/schema.js";
import { briefSchema, briefText } from "./brief.js";
import { isTool } from "./is-tool.js";
import { effectOf } from "./effect.js";
import { readmeText } from "./readme.js";

export const version = 1;

const runtime = literal("@clientsmith/runtime/mcp");

/** A server of the Model Context Protocol: its tools, a function that makes it, and a command that starts it. */
export const emitters: readonly Emitter[] = [
  (ir, { packageName }) => {
    const operations = ir.operations.filter(isTool);
    if (operations.length === 0) return [];
    const command = `${packageName.split("/").at(-1) ?? packageName}-mcp`;
    return {
      files: [
        { path: "src/mcp/tools.ts", text: toolsText(operations, ir), isApart: true },
        { path: "src/mcp.ts", text: serverText(ir), isApart: true },
        { path: "src/mcp/command.ts", text: commandText(ir, command), isApart: true },
      ],
      additions: {
        dependencies: { "@modelcontextprotocol/sdk": "^1.32.2" },
        exports: { "./mcp": "src/mcp.ts" },
        bin: { [command]: "src/mcp/command.ts" },
        readme: readmeText(ir, packageName, command),
      },
    };
  },
];

function toolsText(operations: readonly OperationIr[], ir: ServiceIr): string {
  return `import type { McpTool } from ${runtime};

/** The operations as tools. */
export const mcpTools: readonly McpTool[] = [
${operations.map((operation) => `${toolText(operation, ir)},\n`).join("")}];
`;
}

function toolText(operation: OperationIr, ir: ServiceIr): string {
  const { $schema: _, title: _title, description: _description, ...schema } = schemaOf(operation.input, "input", ir);
  const fields = {
    description: briefText(markdown(operation.facts.documentation)),
    inputSchema: briefSchema(schema),
    ...effectOf(operation),
    ...(operation.pagination && { pagination: describePagination(operation.pagination) }),
  };
  const texts = Object.entries(fields).map(([name, value]) => `${memberKey(name)}: ${literal(value)}`);
  return `{ operation: ${ir.names.operations.get(operation.id)?.function ?? ""}$, ${texts.join(", ")} }`;
}

function serverText({ names, version: apiVersion, title, sdkId }: ServiceIr): string {
  const doc = comment({
    facts: [
      `A server of the Model Context Protocol whose tools are operations of ${plainText(title ?? sdkId)}.`,
      "Connect it to a transport: `await server.connect(new StdioServerTransport())`.",
    ],
    tags: [
      { name: "param", lead: "client makes the calls" },
      { name: "param", lead: "settings operations beside the read-only ones, and limits of outputs" },
    ],
  });
  return `import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { type McpSettings, Toolbox } from ${runtime};
import { mcpTools } from "./mcp/tools.js";

export type { McpSettings } from ${runtime};

${doc}
export function createMcpServer(client: ${names.client}, settings: McpSettings = {}): Server {
  const toolbox = new Toolbox(client, mcpTools, settings);
  const server = new Server(
    { name: ${literal(names.service)}, version: ${literal(apiVersion)} },
    { capabilities: { tools: {} } },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: toolbox.list() }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) =>
    toolbox.call(params.name, params.arguments, signal),
  );
  return server;
}
`;
}

/** Options that identify callers and are a text of the environment. */
const identities = ["apiKey", "token", "login"];

function commandText(ir: ServiceIr, command: string): string {
  const { names, endpointBuiltIns, signingName, authOptions } = ir;
  const hasRegion = signingName !== undefined || Object.values(endpointBuiltIns).includes("AWS::Region");
  const own = authOptions.flatMap((each) => each.names).filter((name) => identities.includes(name));
  const options = ["endpoint", ...(hasRegion ? ["region"] : []), ...new Set(own)];
  const required = requiresEndpoint(ir) ? ', required: ["endpoint"]' : "";
  return `import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { readMcpCommand } from ${runtime};
import { createMcpServer } from "../mcp.js";
import { mcpTools } from "./tools.js";

const command = readMcpCommand(
  { name: ${literal(command)}, tools: mcpTools, options: ${literal(options)}${required} },
  process.argv.slice(2),
  process.env,
);
if (command.exitCode === undefined) {
  const client = new ${names.client}(command.client);
  const server = createMcpServer(client, command.settings);
  // The client that started this process closes its input to stop it.
  process.stdin.once("end", () => void client.close());
  void server.connect(new StdioServerTransport());
} else {
  (command.exitCode === 0 ? process.stdout : process.stderr).write(command.text);
  process.exitCode = command.exitCode;
}
`;
}
