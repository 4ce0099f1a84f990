import { parseArgs } from "node:util";
import { nearest } from "../text/nearest.js";

/** Wrong usage: said with how to get help, and answered with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

interface Option {
  /** Name of its value; absent for a switch. */
  readonly value?: string;
  readonly multiple?: true;
  readonly help: string;
}

interface Command {
  readonly usage: string;
  readonly help: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
}

export type CommandName = "generate" | "validate" | "inspect" | "convert" | "migrate";

const service: Option = { value: "ID", help: "Shape id of the service, where the model has several" };

export const commands: Readonly<Record<CommandName, Command>> = {
  generate: {
    usage: "generate MODEL... --out DIR [options]",
    help:
      "Write the client of each model: one model to DIR, several to a folder each under DIR.\n" +
      "JSON files are a model each; .smithy files, folders and smithy-build.json are one model together.",
    options: {
      out: { value: "DIR", help: "Where to write (required)" },
      service,
      package: { value: "NAME", help: "Name of the package; @clientsmith/<service> by default" },
      overlay: { value: "FILE", multiple: true, help: "Corrections to the model; may be repeated, applied in order" },
      protocol: { value: "NAME", help: "Protocol to speak, of several that the service declares, such as rpcv2Cbor" },
      plugin: {
        value: "MODULE",
        multiple: true,
        help: "Module that adds protocols, customizations, trait handlers or emitters; may be repeated",
      },
      jobs: { value: "N", help: "Models generated at once; as many as cores by default" },
      check: { help: "Write nothing; fail where the files are not what the model gives" },
      "dry-run": { help: "Write nothing; say what would be written" },
      force: { help: "Overwrite files that were edited by hand or written by somebody else" },
    },
    examples: [
      "generate model/cloudtrail.json --out generated/cloudtrail",
      "generate model/main.smithy --out client --package @example/bookshop",
      "generate models/*.json --out generated --jobs 4",
      "generate model/cloudtrail.json --out generated/cloudtrail --check",
    ],
  },
  validate: {
    usage: "validate MODEL... [options]",
    help: "Say every problem of the models: severity, code, shape and place.",
    options: { service },
    examples: ["validate model/cloudtrail.json"],
  },
  inspect: {
    usage: "inspect MODEL... [options]",
    help: "Say what a model holds: service, protocol, operations, paginators, waiters, what is not supported and why.",
    options: {
      service,
      plugin: { value: "MODULE", multiple: true, help: "Count what the module adds as supported; may be repeated" },
    },
    examples: ["inspect model/cloudtrail.json"],
  },
  convert: {
    usage: "convert FILE... --out FILE",
    help: "Convert Smithy IDL to JSON AST (--out FILE.json), or JSON AST to IDL (--out FILE.smithy, or a folder).",
    options: { out: { value: "FILE", help: "Where to write (required)" } },
    examples: ["convert main.smithy --out model.json", "convert model.json --out main.smithy"],
  },
  migrate: {
    usage: "migrate FILES... [options]",
    help:
      "Move code from aws-sdk 2 to generated packages: shows what it would change.\n" +
      "What it does not understand stays as it is, with a comment that says where to read on.",
    options: {
      package: {
        value: "SERVICE=NAME",
        multiple: true,
        help: "Package for a service; by default those that the nearest package.json depends on; may be repeated",
      },
      to: { value: "TARGET", help: "classic, the service object (default), or functions, where that is safe" },
      write: { help: "Write the changes" },
    },
    examples: [
      "migrate src/*.ts --package cloudtrail=@clientsmith/cloudtrail",
      "migrate src/*.ts --write",
      "migrate src/*.ts --to functions --write",
    ],
  },
};

/** A command line, understood. */
export interface Invocation {
  readonly command: CommandName | undefined;
  readonly help: boolean;
  readonly version: boolean;
  readonly models: readonly string[];
  /** Value of an option, or undefined. */
  readonly value: (name: string) => string | undefined;
  readonly values: (name: string) => readonly string[];
  readonly has: (name: string) => boolean;
}

const common: Readonly<Record<string, Option>> = {
  help: { help: "Say how to use the command" },
  version: { help: "Say the version" },
};

/** @throws UsageError naming what is wrong and the nearest known name. */
export function parseCommandLine(argv: readonly string[]): Invocation {
  const { tokens } = parseArgs({
    args: [...argv],
    options: spec(),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const [commandName, ...models] = tokens.filter((token) => token.kind === "positional").map(({ value }) => value);
  if (commandName !== undefined && !isCommand(commandName)) {
    throw new UsageError(`Unknown command ${commandName}.${suggestion(commandName, Object.keys(commands), "")}`);
  }
  const known = { ...common, ...(commandName === undefined ? {} : commands[commandName].options) };
  const found = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (!option) throw unknownOption(token.rawName, token.name, commandName, Object.keys(known));
    found.set(token.name, [...(found.get(token.name) ?? []), checkedValue(token, option)]);
    if (option.value !== undefined && !option.multiple && (found.get(token.name)?.length ?? 0) > 1) {
      throw new UsageError(`${token.rawName} is given twice.`);
    }
  }
  return {
    command: commandName,
    help: found.has("help"),
    version: found.has("version"),
    models,
    value: (name) => found.get(name)?.[0],
    values: (name) => found.get(name) ?? [],
    has: (name) => found.has(name),
  };
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function spec(): Record<string, { type: "string" | "boolean"; short?: string }> {
  const all = {
    ...common,
    ...Object.fromEntries(Object.values(commands).flatMap(({ options }) => Object.entries(options))),
  };
  const short: Readonly<Record<string, { short: string }>> = { help: { short: "h" }, version: { short: "v" } };
  return Object.fromEntries(
    Object.entries(all).map(([name, { value }]) => [
      name,
      { type: value === undefined ? "boolean" : "string", ...short[name] },
    ]),
  );
}

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function checkedValue({ rawName, value, inlineValue }: OptionToken, option: Option): string {
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    return "";
  }
  if (value === undefined || value === "" || (!inlineValue && value.startsWith("-"))) {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}.`);
  }
  return value;
}

function unknownOption(
  rawName: string,
  name: string,
  command: string | undefined,
  known: readonly string[],
): UsageError {
  const of = command === undefined ? "" : ` of ${command}`;
  return new UsageError(`Unknown option ${rawName}${of}.${suggestion(name, known, "--")}`);
}

function suggestion(name: string, known: readonly string[], prefix: string): string {
  const near = nearest(name, known);
  return near === undefined ? "" : ` Did you mean ${prefix}${near}?`;
}

/** Help for a command, or for all. */
export function helpText(name: CommandName | undefined): string {
  if (name === undefined) {
    const list = Object.values(commands).map(
      ({ usage, help }) => `  clientsmith ${usage}\n      ${help.replaceAll("\n", "\n      ")}\n`,
    );
    const examples = Object.values(commands).flatMap(({ examples: [first] }) =>
      first ? [`  clientsmith ${first}\n`] : [],
    );
    return (
      "Generates typed TypeScript clients from Smithy models (IDL or JSON AST).\n\n" +
      `Usage:\n${list.join("")}\nOptions:\n${optionLines(common)}\nExamples:\n${examples.join("")}\n` +
      "Exit code: 0 done, 1 a model, a file or the check failed, 2 wrong usage.\n" +
      "`clientsmith COMMAND --help` says more about a command.\n"
    );
  }
  const { usage, help, options, examples } = commands[name];
  const shown = examples.map((example) => `  clientsmith ${example}\n`).join("");
  const lines = optionLines({ ...options, ...common });
  return `${help}\n\nUsage:\n  clientsmith ${usage}\n\nOptions:\n${lines}\nExamples:\n${shown}`;
}

function optionLines(options: Readonly<Record<string, Option>>): string {
  const rows = Object.entries(options).map(
    ([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ""}`, help] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}\n`).join("");
}
