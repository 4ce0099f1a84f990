import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The JSON AST as these tests read it: just enough of it, and on purpose not the generator's own reader. */
export type Traits = Readonly<Record<string, unknown>>;

export interface Reference {
  readonly target: string;
  readonly traits?: Traits;
}

export interface Shape {
  readonly type: string;
  readonly traits?: Traits;
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly input?: Reference;
  readonly output?: Reference;
  readonly errors?: readonly Reference[];
  readonly operations?: readonly Reference[];
  readonly version?: string;
}

const root = new URL("../../../", import.meta.url);
const file = JSON.parse(readFileSync(new URL("model/cloudtrail.json", root), "utf8")) as {
  readonly smithy: string;
  readonly shapes: Readonly<Record<string, Shape>>;
};

export const namespace = "com.amazonaws.cloudtrail#";
export const version = file.smithy;
export const shapes: ReadonlyMap<string, Shape> = new Map(Object.entries(file.shapes));

/** A shape of the model or of the prelude, by absolute id or by its name in the service's namespace. */
export function shape(id: string): Shape {
  const prelude = /^smithy\.api#(Blob|Boolean|Integer|String|Timestamp)$/.exec(id);
  if (prelude) return { type: String(prelude[1]).toLowerCase() };
  const found = shapes.get(id.includes("#") ? id : namespace + id);
  if (!found) throw new Error(`No shape ${id}`);
  return found;
}

export const service = shape("CloudTrail_20131101");
export const operations: ReadonlyMap<string, Shape> = new Map(
  [...shapes].filter(([, s]) => s.type === "operation").map(([id, s]) => [id.slice(namespace.length), s]),
);

export function trait<T>(of: { readonly traits?: Traits } | undefined, id: string): T | undefined {
  return of?.traits?.[id.includes("#") ? id : `smithy.api#${id}`] as T | undefined;
}

export const enumValues = (s: Shape): string[] =>
  Object.values(s.members ?? {}).map((member) => String(trait(member, "enumValue")));

/** Every documentation string of the model, wherever it is: traits, examples, endpoint rules and tests. */
export function documentation(): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== "string") visit(inner);
      else if (/(^|#)documentation$|^(title|message|error)$/.test(key)) found.push(inner);
    }
  };
  visit(file);
  return found;
}

const seedFolder = resolve(fileURLToPath(root), process.env["CLIENTSMITH_SHARED"] ?? "../shared", "seed");

/** The document that the model is written from, or undefined (and a line that says so) where it is not at hand. */
export function readSeed(): string | undefined {
  const name = existsSync(seedFolder) ? readdirSync(seedFolder).find((entry) => entry.endsWith(".txt")) : undefined;
  if (name === undefined) {
    console.log(`Not compared with the seed document: there is none in ${seedFolder}`);
    return undefined;
  }
  return readFileSync(join(seedFolder, name), "utf8");
}
