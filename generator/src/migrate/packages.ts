import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ts } from "ts-morph";
import { isRecord, unlessMissing } from "../write/disk.js";

/** A generated package that replaces a service of aws-sdk. */
export interface ServicePackage {
  /** Key of the service in aws-sdk, its class name in lower case: `cloudtrail`. */
  readonly service: string;
  /** Name of the package: `@clientsmith/cloudtrail`. */
  readonly name: string;
  /** Content of the package. Undefined if it is not installed. */
  readonly facts: PackageFacts | undefined;
}

/** Content of a package's service object, read from its declarations. */
export interface PackageFacts {
  readonly className: string;
  readonly operations: ReadonlySet<string>;
  /** Operations whose functions return a streaming body, which the service object buffers. */
  readonly streamed: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
}

export const classicOf = ({ name }: ServicePackage): string => `${name}/classic`;

/** A package that is named on the command line, with its content if it is installed for a folder. */
export function namedPackage(service: string, name: string, folder: string): ServicePackage {
  const installed = manifestOf(name, folder);
  return { service, name, facts: installed && factsOf(installed) };
}

/** The generated packages among the dependencies of the nearest package.json. */
export function dependencies(folder: string): ServicePackage[] {
  const manifest = nearest(folder, "package.json");
  if (!manifest) return [];
  const names = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].flatMap((kind) =>
    Object.keys(recordOf(manifest.content[kind])),
  );
  return [...new Set(names)].flatMap((name) => {
    const installed = manifestOf(name, manifest.folder);
    if (!installed || !("@clientsmith/runtime" in recordOf(installed.content["dependencies"]))) return [];
    const facts = factsOf(installed);
    return facts ? [{ service: facts.className.toLowerCase(), name, facts }] : [];
  });
}

interface Manifest {
  readonly folder: string;
  readonly content: Readonly<Record<string, unknown>>;
}

function manifestOf(name: string, folder: string): Manifest | undefined {
  return nearest(folder, join("node_modules", name, "package.json"));
}

/** The nearest file of that path, from a folder upwards. */
function nearest(folder: string, path: string): Manifest | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const text = unlessMissing(() => readFileSync(join(at, path), "utf8"));
    if (text !== undefined) return { folder: dirname(join(at, path)), content: contentOf(text) };
    if (dirname(at) === at) return undefined;
  }
}

function contentOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function factsOf({ folder, content }: Manifest): PackageFacts | undefined {
  const { types } = recordOf(recordOf(content["exports"])["./classic"]);
  if (typeof types !== "string") return undefined;
  const text = unlessMissing(() => readFileSync(join(folder, types), "utf8"));
  return text === undefined ? undefined : readFacts(text);
}

/** Reads the declarations of a package's `classic` subpath. */
export function readFacts(declarations: string): PackageFacts | undefined {
  const file = ts.createSourceFile("classic.d.ts", declarations, ts.ScriptTarget.ESNext, true);
  const className = file.statements.find(ts.isClassDeclaration)?.name?.text;
  if (className === undefined) return undefined;
  const operations = file.statements
    .filter(ts.isInterfaceDeclaration)
    .flatMap(({ members }) => members.filter(ts.isPropertySignature));
  const space = file.statements.find(ts.isModuleDeclaration)?.body;
  const exported = space && ts.isModuleBlock(space) ? space.statements.filter(ts.isExportDeclaration) : [];
  const types = exported.flatMap(({ exportClause }) =>
    exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [],
  );
  const names = (of: readonly ts.PropertySignature[]): ReadonlySet<string> =>
    new Set(of.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : [])));
  return {
    className,
    operations: names(operations),
    streamed: names(operations.filter(({ type }) => type && /\bClassicGathered\w*</.test(type.getText(file)))),
    types: new Set(types.map(({ name }) => name.text)),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
