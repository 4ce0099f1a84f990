import { plainText, requiresEndpoint, type ServiceIr } from "../../plugin.js";

/** The section of the README: how to start the server and what it offers. */
export function readmeText(ir: ServiceIr, packageName: string, command: string): string {
  const args = ["-y", packageName, ...(requiresEndpoint(ir) ? ["--endpoint", "https://api.example.com"] : [])];
  const { title, sdkId } = ir;
  return `## Model Context Protocol

\`npx ${packageName}\` (the command \`${command}\`) is a server of the Model Context Protocol over standard input and output, with a tool
for each read-only operation of ${plainText(title ?? sdkId)}:

\`\`\`json
{ "mcpServers": { "${command}": { "command": "npx", "args": ${JSON.stringify(args).replaceAll(",", ", ")} } } }
\`\`\`

- \`--allow PATTERN\` offers other operations too, by name or with \`*\`.
- Sensitive members are masked. An output is cut to \`--budget\` characters (20,000) and \`--max-pages\` pages (5); \`continue_output\`
  reads on.
- Each option is also an environment variable; \`--help\` lists them. Credentials are those of the environment.

\`createMcpServer\` of \`${packageName}/mcp\` makes the server for other transports.`;
}
