import { nearest } from "../text/nearest.js";
import { patternProblem } from "./allow.js";
import type { McpSettings, McpTool } from "./types.js";

/** What a command line asks for: to start the server, or to print a text and exit. */
export type McpCommand =
  | {
      readonly exitCode?: undefined;
      readonly settings: McpSettings;
      readonly region?: string;
      readonly endpoint?: string;
    }
  | { readonly exitCode: 0 | 2; readonly text: string };

interface Flag {
  readonly value: string;
  readonly help: string;
  /** Environment variable that is read if the flag is absent. */
  readonly variable?: string;
}

const flags: Readonly<Record<string, Flag>> = {
  allow: {
    value: "PATTERN",
    help: "Operations to offer beside the read-only ones, such as StartLogging or 'Put*' (repeatable)",
    variable: "CLIENTSMITH_MCP_ALLOW",
  },
  budget: {
    value: "N",
    help: "Characters of an output in one result (default: 20000)",
    variable: "CLIENTSMITH_MCP_BUDGET",
  },
  "max-pages": { value: "N", help: "Pages in one result (default: 5)", variable: "CLIENTSMITH_MCP_MAX_PAGES" },
  region: { value: "REGION", help: "Region of the service" },
  endpoint: { value: "URL", help: "Where to send requests" },
};

/**
 * Reads the command line of a generated server and the environment variables. Values of a variable are separated by commas.
 *
 * @param name the command, for messages
 */
export function readMcpCommand(
  name: string,
  tools: readonly McpTool[],
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): McpCommand {
  if (argv.includes("--help")) return { exitCode: 0, text: help(name) };
  const found = new Map<string, string[]>();
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [, flag = "", inline] = /^--([^=]*)(?:=(.*))?$/s.exec(argument) ?? [];
    if (!Object.hasOwn(flags, flag)) return wrong(name, `${argument} is unknown.${suggestion(flag)}`);
    const value = inline ?? rest.shift();
    if (value === undefined || value === "")
      return wrong(name, `--${flag} needs a value: ${flags[flag]?.value ?? ""}.`);
    found.set(flag, [...(found.get(flag) ?? []), value]);
  }
  for (const [flag, { variable = "" }] of Object.entries(flags)) {
    const values = (environment[variable] ?? "")
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
    if (!found.has(flag) && values.length > 0) found.set(flag, values);
  }
  const one = (flag: string): string | undefined => found.get(flag)?.at(-1);
  for (const flag of ["budget", "max-pages"]) {
    const value = one(flag);
    if (value !== undefined && !/^[1-9]\d{0,8}$/.test(value))
      return wrong(name, `--${flag} must be a positive integer, but is ${value}.`);
  }
  const names = tools.map(({ operation }) => operation.name);
  const problem = (found.get("allow") ?? [])
    .map((each) => patternProblem(each, names))
    .find((each) => each !== undefined);
  if (problem !== undefined) return wrong(name, `--allow: ${problem}`);
  const numberOf = (flag: string): number | undefined => (one(flag) === undefined ? undefined : Number(one(flag)));
  const [region, endpoint] = [one("region"), one("endpoint")];
  return {
    settings: { allow: found.get("allow"), budget: numberOf("budget"), maxPages: numberOf("max-pages") },
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

function wrong(name: string, problem: string): McpCommand {
  return { exitCode: 2, text: `${problem}\nRun \`${name} --help\` for the options.\n` };
}

function suggestion(flag: string): string {
  const near = nearest(flag, Object.keys(flags));
  return near === undefined ? "" : ` Did you mean --${near}?`;
}

function help(name: string): string {
  const rows = Object.entries(flags).map(([flag, { value, help: text, variable }]) => {
    const also = variable === undefined ? "" : ` [${variable}]`;
    return `  ${`--${flag} ${value}`.padEnd(18)} ${text}${also}\n`;
  });
  return `A server of the Model Context Protocol over standard input and output.\n\nUsage: ${name} [options]\n\n${rows.join("")}`;
}
