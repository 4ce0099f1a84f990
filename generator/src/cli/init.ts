import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, relative } from "node:path";
import type { ClientConfig } from "../config/define-config.js";
import { configNames } from "../config/load-config.js";
import { readModel } from "../model/index.js";
import { packageFolder } from "../ir/names.js";
import { readService } from "../read-service.js";
import { isRecord } from "../write/disk.js";
import { manifestName } from "../write/index.js";
import { type Invocation, UsageError } from "./invocation.js";
import { count, type CliIo, type Terminal } from "./terminal.js";

/** Folders that hold no models of the project's own. */
const skipped: ReadonlySet<string> = new Set(["node_modules", "dist", "build", "coverage"]);
const deepest = 3;

/** `clientsmith init`: writes a config file for what is in the folder. */
export async function runInit({ models }: Invocation, { cwd }: CliIo, terminal: Terminal): Promise<number> {
  if (models.length > 0) throw new UsageError("init takes no models: it searches this folder.");
  const there = configNames.find((name) => existsSync(join(cwd, name)));
  if (there !== undefined) {
    terminal.error(`${there} is there already; edit it, or delete it first.`);
    return 1;
  }
  const files = filesIn(cwd, deepest);
  const packages = files.filter((file) => basename(file) === manifestName).flatMap((file) => packageAt(file, cwd));
  const clients = files.flatMap((file) => clientFor(file, packages, cwd));
  const name = configName(cwd);
  writeFileSync(join(cwd, name), configText(name, clients));
  terminal.result(`${name}: ${count(clients.length, "client")}`);
  for (const { model, out } of clients) terminal.result(`  ${String(model)} to ${out}`);
  if (clients.length === 0) terminal.result("  No model was found: add one to clients.");
  return 0;
}

/** Paths of the JSON files of a folder, relative to it. */
function filesIn(folder: string, depth: number, from = folder): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return entry.name.endsWith(".json") ? [relative(from, path)] : [];
      const isOwn = entry.isDirectory() && !entry.name.startsWith(".") && !skipped.has(entry.name);
      return isOwn && depth > 0 ? filesIn(path, depth - 1, from) : [];
    });
}

interface GeneratedPackage {
  readonly folder: string;
  readonly name: string | undefined;
  readonly modelHash: unknown;
}

function packageAt(file: string, cwd: string): GeneratedPackage[] {
  const manifest = jsonOf(join(cwd, file));
  const model = isRecord(manifest) ? manifest["model"] : undefined;
  const folder = file.slice(0, -manifestName.length - 1);
  const own = jsonOf(join(cwd, folder, "package.json"));
  const name = isRecord(own) && typeof own["name"] === "string" ? own["name"] : undefined;
  return isRecord(model) ? [{ folder, name, modelHash: model["hash"] }] : [];
}

/** A client for a file that is a model; it keeps the package that was generated from it. */
function clientFor(file: string, packages: readonly GeneratedPackage[], cwd: string): ClientConfig[] {
  const text = readFileSync(join(cwd, file), "utf8");
  const value = jsonOf(join(cwd, file));
  const isModel = isRecord(value) && (typeof value["smithy"] === "string" || isApi2(value));
  const { model } = isModel ? readModel({ file, text }) : {};
  const { service } = model ? readService(model) : {};
  if (!model || !service) return [];
  const known = packages.find(({ modelHash }) => modelHash === model.hash);
  return [
    {
      model: posix(file),
      out: posix(known?.folder ?? join("generated", packageFolder(service.sdkId))),
      ...(known?.name !== undefined && { package: known.name }),
    },
  ];
}

function isApi2(value: Readonly<Record<string, unknown>>): boolean {
  return isRecord(value["metadata"]) && isRecord(value["operations"]) && isRecord(value["shapes"]);
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    // Whatever is not JSON is no model.
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error)) return undefined;
    throw error;
  }
}

/** A module where `clientsmith` can be imported, for its types; TypeScript where the project is of it. */
function configName(cwd: string): (typeof configNames)[number] {
  try {
    createRequire(join(cwd, "package.json")).resolve("clientsmith/package.json");
  } catch {
    return "clientsmith.config.json";
  }
  return existsSync(join(cwd, "tsconfig.json")) ? "clientsmith.config.ts" : "clientsmith.config.js";
}

function configText(name: string, clients: readonly ClientConfig[]): string {
  const json = JSON.stringify({ clients }, undefined, 2);
  if (name.endsWith(".json")) return `${json}\n`;
  const object = json
    .replaceAll(/^(\s*)"(\w+)":/gm, "$1$2:")
    .replaceAll(/(["}\]])$/gm, "$1,")
    .replace(/,$/, "");
  return `import { defineConfig } from "clientsmith";\n\nexport default defineConfig(${object});\n`;
}

function posix(path: string): string {
  return path.replaceAll("\\", "/");
}
