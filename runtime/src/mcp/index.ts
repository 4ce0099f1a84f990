/** Tools of the Model Context Protocol, for the servers that the generator writes. Needs no package of the protocol. */
export { type McpClientOptions, type McpCommand, type McpServerFacts, readMcpCommand } from "./command.js";
export { Toolbox } from "./toolbox.js";
export type { ListedTool, McpSettings, McpTool, ToolResult } from "./types.js";
