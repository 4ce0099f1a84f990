import type { LoginIdentity } from "../config/identity.js";
import { nearest } from "../text/nearest.js";
import { patternProblem } from "./allow.js";
import { eventStreamOf } from "../schema/shapes.js";
import type { McpSettings, McpTool } from "./types.js";

/**
 * A generated server.
 *
 * @typeParam Required names of the client options that the server does not start without
 */
export interface McpServerFacts<Required extends "endpoint" = never> {
  /** Name of the command, for messages. */
  readonly name: string;
  readonly tools: readonly McpTool[];
  /** Names of the client options that can be set from outside: `endpoint`, `region`, `apiKey`, `token`, `login`. */
  readonly options: readonly string[];
  readonly required?: readonly Required[];
}

/** Client options of the command line and the environment. */
export interface McpClientOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly apiKey?: string;
  readonly token?: string;
  readonly login?: LoginIdentity;
}

/** What a command line requests: to start the server, or to print a text and exit. */
export type McpCommand<Required extends "endpoint" = never> =
  | {
      readonly exitCode?: undefined;
      readonly settings: McpSettings;
      readonly client: McpClientOptions & { readonly [Name in Required]: string };
    }
  | { readonly exitCode: 0 | 2; readonly text: string };

interface Flag {
  readonly value: string;
  readonly help: string;
  /** Environment variable that is read if the flag is absent. */
  readonly variable?: string;
  /** The client option that it sets. Servers whose client has no such option have no such flag. */
  readonly option?: string;
  /** Only servers with event streams have it. */
  readonly isOfEvents?: true;
}

const flags: Readonly<Record<string, Flag>> = {
  allow: {
    value: "PATTERN",
    help: "Operations to offer beside the read-only ones, by name or pattern such as 'Put*' (repeatable)",
    variable: "CLIENTSMITH_MCP_ALLOW",
  },
  budget: {
    value: "N",
    help: "Characters of an output in one result (default: 20000)",
    variable: "CLIENTSMITH_MCP_BUDGET",
  },
  "max-pages": { value: "N", help: "Pages in one result (default: 5)", variable: "CLIENTSMITH_MCP_MAX_PAGES" },
  "max-events": {
    value: "N",
    help: "Events in one result (default: 100)",
    variable: "CLIENTSMITH_MCP_MAX_EVENTS",
    isOfEvents: true,
  },
  "max-seconds": {
    value: "N",
    help: "Seconds for which events are collected (default: 30)",
    variable: "CLIENTSMITH_MCP_MAX_SECONDS",
    isOfEvents: true,
  },
  region: { value: "REGION", help: "Region of the service", option: "region" },
  endpoint: { value: "URL", help: "Where to send requests", option: "endpoint" },
};

const numeric = ["budget", "max-pages", "max-events", "max-seconds"];

/** Environment variables with secrets, which a command line would show to other users, by the client option. */
const secrets: Readonly<Record<string, readonly string[]>> = {
  apiKey: ["CLIENTSMITH_MCP_API_KEY"],
  token: ["CLIENTSMITH_MCP_TOKEN"],
  login: ["CLIENTSMITH_MCP_USERNAME", "CLIENTSMITH_MCP_PASSWORD"],
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the command line of a generated server and the environment variables. Values of a variable are separated by commas. */
export function readMcpCommand<Required extends "endpoint" = never>(
  server: McpServerFacts<Required>,
  argv: readonly string[],
  environment: Environment,
): McpCommand<Required> {
  const { name, tools, options, required = [] } = server;
  const hasEvents = tools.some(({ operation }) => eventStreamOf(operation.output));
  const own = Object.fromEntries(
    Object.entries(flags).filter(
      ([, { option, isOfEvents = false }]) =>
        (option === undefined || options.includes(option)) && (hasEvents || !isOfEvents),
    ),
  );
  if (argv.includes("--help")) return { exitCode: 0, text: help(name, own, options) };
  const found = new Map<string, string[]>();
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [, flag = "", inline] = /^--([^=]*)(?:=(.*))?$/s.exec(argument) ?? [];
    if (!Object.hasOwn(own, flag)) return wrong(name, `${argument} is unknown.${suggestion(flag, own)}`);
    const value = inline ?? rest.shift();
    if (value === undefined || value === "") return wrong(name, `--${flag} needs a value: ${own[flag]?.value ?? ""}.`);
    found.set(flag, [...(found.get(flag) ?? []), value]);
  }
  for (const [flag, { variable = "" }] of Object.entries(own)) {
    const values = (environment[variable] ?? "")
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
    if (!found.has(flag) && values.length > 0) found.set(flag, values);
  }
  const one = (flag: string): string | undefined => found.get(flag)?.at(-1);
  for (const flag of numeric) {
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
  const missing = required.find((flag) => one(flag) === undefined);
  if (missing !== undefined) {
    const { value = "" } = flags[missing] ?? {};
    return wrong(name, `--${missing} ${value} is required: the model of the service states none.`);
  }
  const client = { ...given("endpoint", one("endpoint")), ...given("region", one("region")) };
  return {
    settings: {
      allow: found.get("allow"),
      budget: numberOf("budget"),
      maxPages: numberOf("max-pages"),
      maxEvents: numberOf("max-events"),
      maxSeconds: numberOf("max-seconds"),
    },
    client: { ...client, ...identityOf(options, environment) } as McpClientOptions & { [Name in Required]: string },
  };
}

/** The secrets of the environment that the client has options for. */
function identityOf(options: readonly string[], environment: Environment): McpClientOptions {
  const read = (option: string): string[] => {
    const values = options.includes(option) ? secrets[option]?.map((variable) => environment[variable] ?? "") : [];
    return values?.every((value) => value !== "") ? values : [];
  };
  const [[apiKey], [token], [username, password]] = [read("apiKey"), read("token"), read("login")];
  const login = username === undefined || password === undefined ? undefined : { username, password };
  return { ...given("apiKey", apiKey), ...given("token", token), ...given("login", login) };
}

/** An option that is absent if it has no value. */
function given<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [key in Name]?: Value };
}

function wrong(name: string, problem: string): { readonly exitCode: 2; readonly text: string } {
  return { exitCode: 2, text: `${problem}\nRun \`${name} --help\` for the options.\n` };
}

function suggestion(flag: string, own: Readonly<Record<string, Flag>>): string {
  const near = nearest(flag, Object.keys(own));
  return near === undefined ? "" : ` Did you mean --${near}?`;
}

function help(name: string, own: Readonly<Record<string, Flag>>, options: readonly string[]): string {
  const rows = Object.entries(own).map(([flag, { value, help: text, variable }]) => {
    const also = variable === undefined ? "" : ` [${variable}]`;
    return `  ${`--${flag} ${value}`.padEnd(18)} ${text}${also}\n`;
  });
  const variables = options.flatMap((option) => secrets[option] ?? []);
  const secret =
    variables.length === 0 ? "" : `\nThe client signs in with ${variables.join(", ")} of the environment.\n`;
  return `A server of the Model Context Protocol over standard input and output.\n\nUsage: ${name} [options]\n\n${rows.join("")}${secret}`;
}
