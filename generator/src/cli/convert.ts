import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { hasErrors } from "../diagnostics.js";
import { type Invocation, UsageError } from "./invocation.js";
import { modelFiles, readSources } from "./model-files.js";
import { count, type CliIo, type Terminal } from "./terminal.js";

/** Runs `clientsmith convert`: IDL to JSON AST, or JSON AST to formatted IDL. Returns the exit code. */
export async function runConvert({ models, value }: Invocation, { cwd }: CliIo, terminal: Terminal): Promise<number> {
  const out = value("out");
  if (models.length === 0) throw new UsageError("convert requires files: clientsmith convert FILE... --out FILE.");
  if (out === undefined) throw new UsageError("convert requires --out: FILE.json, FILE.smithy or a folder for IDL.");
  const { isIdl, printIdl, printJson, readAst } = await import("../model/idl/index.js");
  const found = modelFiles(models, cwd);
  const { sources, diagnostics } = readSources(found.files, cwd);
  terminal.diagnose([...found.diagnostics, ...diagnostics]);
  if (hasErrors([...found.diagnostics, ...diagnostics])) return 1;
  const toJson = out.endsWith(".json");
  if (!toJson && sources.some(isIdl)) {
    throw new UsageError("convert can only write IDL for JSON files. Convert IDL to JSON with --out FILE.json.");
  }
  if (sources.some(({ file }) => resolve(cwd, file) === resolve(cwd, out))) {
    throw new UsageError(`--out ${out} is one of the files to convert; use another name.`);
  }
  const read = readAst(sources);
  terminal.diagnose(read.diagnostics);
  if (!read.ast) return 1;
  const texts = toJson ? new Map([[out, `${printJson(read.ast)}\n`]]) : idlFiles(printIdl(read.ast), out);
  for (const [file, text] of texts) {
    const path = resolve(cwd, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    terminal.result(`wrote ${file}: ${count(text.split("\n").length - 1, "line")}`);
  }
  return 0;
}

/** An IDL file has one namespace. */
function idlFiles(texts: ReadonlyMap<string, string>, out: string): Map<string, string> {
  const entries = [...texts];
  const [only] = entries;
  if (!out.endsWith(".smithy")) {
    return new Map(entries.map(([namespace, text]) => [join(out, `${namespace || "metadata"}.smithy`), text]));
  }
  if (!only || entries.length > 1) {
    const names = [...texts.keys()].join(", ");
    throw new UsageError(
      `The model has ${texts.size} namespaces (${names}), a file of IDL has one: pass a folder as --out.`,
    );
  }
  return new Map([[out, only[1]]]);
}
