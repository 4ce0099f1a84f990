import { readBody, Reported } from "./body.js";
import { Locations } from "./locations.js";
import { skipToStatement } from "./recovery.js";
import { Scanner, SyntaxProblem } from "./scanner.js";
import { readShape } from "./shapes.js";
import { complain, type FileContext, type IdlFile, needVersion2 } from "./syntax.js";
import { readTrait, readTraits, type TraitStatement } from "./traits.js";
import { readKey, readValue } from "./values.js";
import type { Report } from "../source/report.js";
import type { Source } from "../source/source.js";

const documentation = "smithy.api#documentation";

/** Whether a file is Smithy IDL, by its name. */
export function isIdl({ file }: Source): boolean {
  return file.endsWith(".smithy");
}

/**
 * Reads the statements of a file of Smithy IDL, 1.0 or 2.0. Problems of one are reported, and reading continues with
 * the next.
 *
 * @see https://smithy.io/2.0/spec/idl.html
 */
export function parseIdl(source: Source, report: Report, isExact = false): IdlFile {
  const file: IdlFile = {
    source,
    isVersion1: true,
    uses: new Map(),
    metadata: [],
    shapes: [],
    partial: [],
    applied: [],
    declared: new Set(),
    references: [],
    locations: new Locations(),
  };
  const { references, locations } = file;
  const scanner = new Scanner(source.text);
  const suffixes = { input: "Input", output: "Output" };
  const context: FileContext = { file, report, scanner, locations, references, isExact, suffixes };
  scanner.skipWhitespace();
  readControl(context);
  readMetadata(context);
  if (readNamespace(context)) {
    readUses(context);
    while (!scanner.isAtEnd) readStatement(context, () => readShapeOrApply(context));
  }
  // The statements that were not read have shapes, maybe a service: nothing follows from their absence.
  else if (report.hasErrors) file.declared.add("");
  return file;
}

/** Reads one statement, or moves to the next one if that fails. */
function readStatement(context: FileContext, read: () => void): void {
  const { scanner } = context;
  const start = scanner.offset;
  try {
    read();
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    if (!(error instanceof Reported)) complain(context, error.code, error.message, error.offset);
    skipToStatement(scanner, start, error);
    scanner.dropDocumentation();
    scanner.skipWhitespace();
  }
}

function readControl(context: FileContext): void {
  const { scanner } = context;
  const read = new Set<string>();
  while (scanner.at("$")) {
    readStatement(context, () => {
      scanner.expect("$", "$");
      const key = readKey(scanner);
      scanner.skipSpaces();
      scanner.expect(":", "a colon");
      scanner.skipSpaces();
      const { offset } = scanner;
      const holder: Record<string, unknown> = {};
      readValue(context, holder, "value");
      if (read.has(key))
        throw new SyntaxProblem(`Duplicate control statement ${JSON.stringify(key)}. Remove one of the two.`, offset);
      read.add(key);
      control(context, key, holder["value"], offset);
      scanner.expectLineEnd();
    });
  }
}

function control(context: FileContext, key: string, value: unknown, offset: number): void {
  const { file, scanner, suffixes } = context;
  const names: Readonly<Record<string, "input" | "output">> = {
    operationInputSuffix: "input",
    operationOutputSuffix: "output",
  };
  const side = Object.hasOwn(names, key) ? names[key] : undefined;
  if (key !== "version" && side === undefined) {
    const message = `Unknown control statement ${JSON.stringify(key)}; it has no effect.`;
    const location = { source: file.source, offset };
    context.report.add({ severity: "warning", code: "unknown-control-statement", message, location });
  } else if (typeof value !== "string") {
    const message = `The control statement ${key} must have a string value.`;
    complain(context, key === "version" ? "unknown-version" : "invalid-syntax", message, offset);
  } else if (side !== undefined) {
    needVersion2(context, "A suffix of inputs or outputs", offset);
    suffixes[side] = value;
  } else if (/^[12](\.\d+){0,2}$/.test(value)) file.isVersion1 = value.startsWith("1");
  else {
    const message = `The Smithy version ${JSON.stringify(value)} is not known; this generator reads "1.0" and "2.0".`;
    // Read as the newest version, so that nothing else is reported.
    file.isVersion1 = false;
    complain(context, "unknown-version", message, scanner.offset);
  }
}

function readMetadata(context: FileContext): void {
  const { scanner, file } = context;
  while (scanner.atWord("metadata")) {
    readStatement(context, () => {
      scanner.accept("metadata");
      scanner.expectSpace();
      const { offset } = scanner;
      const key = readKey(scanner);
      scanner.skipSpaces();
      scanner.expect("=", "=");
      scanner.skipSpaces();
      const body: Record<string, unknown> = {};
      readValue(context, body, "value");
      file.metadata.push({ key, offset, body });
      scanner.expectLineEnd();
    });
  }
}

/** Returns whether statements follow: without a namespace, none can. */
function readNamespace(context: FileContext): boolean {
  const { scanner, file } = context;
  if (!scanner.isAtEnd && !scanner.atWord("namespace")) {
    const message = scanner.unexpected("a namespace before all shapes, such as: namespace com.example").message;
    complain(context, "invalid-syntax", message, scanner.offset);
    const next = /^namespace[ \t]/m.exec(scanner.text.slice(scanner.offset));
    scanner.offset = next ? scanner.offset + next.index : scanner.text.length;
  }
  if (scanner.isAtEnd) return false;
  readStatement(context, () => {
    scanner.accept("namespace");
    scanner.expectSpace();
    file.namespace = scanner.namespace();
    scanner.dropDocumentation();
    scanner.expectLineEnd();
  });
  return file.namespace !== undefined;
}

function readUses(context: FileContext): void {
  const { scanner } = context;
  while (scanner.atWord("use")) {
    readStatement(context, () => {
      scanner.accept("use");
      scanner.expectSpace();
      const { offset } = scanner;
      const namespace = scanner.namespace();
      scanner.expect("#", "a # and the name of a shape");
      const name = scanner.identifier("the name of a shape");
      if (scanner.at("$")) throw new SyntaxProblem("A use statement names a shape; it cannot name a member.", offset);
      use(context, `${namespace}#${name}`, name, offset);
      scanner.dropDocumentation();
      scanner.expectLineEnd();
    });
  }
}

function use(context: FileContext, id: string, name: string, offset: number): void {
  const { uses } = context.file;
  const other = uses.get(name);
  if (!other) uses.set(name, { id, offset });
  else if (other.id !== id) {
    const message = `${id} cannot be used, because ${name} is already ${other.id}. Remove one of the two use statements and write that id in full.`;
    complain(context, "use-conflict", message, offset, id);
  }
}

function readShapeOrApply(context: FileContext): void {
  const { scanner } = context;
  const traits = readTraits(context);
  if (!scanner.atWord("apply")) return readShape(context, traits);
  const [trait] = traits.filter(({ name }) => name !== documentation);
  if (trait) {
    const message = "An apply statement cannot have traits. Put them behind the name of its target.";
    complain(context, "misplaced-traits", message, scanner.offset);
  }
  readApply(context);
}

/** @see https://smithy.io/2.0/spec/idl.html#apply-statement */
function readApply(context: FileContext): void {
  const { scanner, file } = context;
  scanner.accept("apply");
  scanner.expectSpace();
  const { offset } = scanner;
  const name = scanner.shapeId("the name of a shape or member");
  const before = scanner.offset;
  scanner.skipWhitespace();
  if (scanner.offset === before) throw scanner.unexpected("a blank behind the name");
  let traits: TraitStatement[] = [];
  if (scanner.at("{")) readBody(context, name, () => void traits.push(readTrait(context)));
  else traits = [readTrait(context)];
  file.applied.push({ name, offset, traits });
  scanner.dropDocumentation();
  scanner.expectLineEnd();
}
