import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { configProblems, isConfig } from "./check-config.js";
import type { ClientsmithConfig } from "./define-config.js";

export const configNames = ["clientsmith.config.ts", "clientsmith.config.js", "clientsmith.config.json"] as const;

export interface LoadedConfig {
  readonly file: string;
  readonly config: ClientsmithConfig;
}

/** A config file that cannot be used. `problems` has a line for everything that is wrong. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[], cause?: unknown) {
    super(problems.map((problem) => `${file}: ${problem}`).join("\n"), { cause });
    this.problems = problems;
  }
}

/** The config file of a folder or of the nearest one above it. */
export function findConfig(folder: string): string | undefined {
  const found = configNames.map((name) => join(folder, name)).find((file) => existsSync(file));
  const parent = dirname(folder);
  return found ?? (parent === folder ? undefined : findConfig(parent));
}

/** @throws ConfigError where the file cannot be loaded, or is not a config */
export async function loadConfig(file: string): Promise<LoadedConfig> {
  let value: unknown;
  try {
    value = await read(file);
  } catch (error) {
    throw new ConfigError(
      file,
      [`It cannot be loaded: ${error instanceof Error ? error.message : String(error)}`],
      error,
    );
  }
  if (!isConfig(value)) throw new ConfigError(file, configProblems(value));
  return { file, config: value };
}

async function read(file: string): Promise<unknown> {
  if (file.endsWith(".json")) return JSON.parse(readFileSync(file, "utf8"));
  if (file.endsWith(".js") || stripsTypes()) return importDefault(file);
  return importTranspiled(file);
}

/** Whether Node runs TypeScript by itself. */
function stripsTypes(): boolean {
  return Boolean((process.features as { readonly typescript?: unknown }).typescript);
}

/** A module that has changed is another one: its time is part of its address. */
async function importDefault(file: string): Promise<unknown> {
  const url = pathToFileURL(file);
  url.searchParams.set("changed", String(statSync(file).mtimeMs));
  const module = (await import(url.href)) as { readonly default?: unknown };
  return module.default;
}

/** Beside the file, so that its imports are found. */
async function importTranspiled(file: string): Promise<unknown> {
  const { ts } = await import("ts-morph");
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), { compilerOptions, fileName: file });
  const beside = join(dirname(file), `.${basename(file, ".ts")}.${process.pid}.mjs`);
  writeFileSync(beside, outputText);
  try {
    return await importDefault(beside);
  } finally {
    rmSync(beside, { force: true });
  }
}
