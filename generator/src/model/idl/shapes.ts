import { nearest } from "../../text/nearest.js";
import { readMixins, readResource } from "./heading.js";
import { readEnumMembers, readMembers } from "./members.js";
import { readOperation } from "./operations.js";
import { readProperties } from "./properties.js";
import { SyntaxProblem } from "./scanner.js";
import { simpleTypes } from "../smithy/read-shapes.js";
import { printable } from "../source/quote.js";
import { complain, type FileContext, needsVersion2, type ShapeStatement } from "./syntax.js";
import type { TraitStatement } from "./traits.js";

type ReadBody = (context: FileContext, shape: ShapeStatement) => boolean;

const bodies: ReadonlyMap<string, ReadBody> = new Map<string, ReadBody>([
  ...["list", "set", "map", "structure", "union"].map((type) => [type, readMembers] as const),
  ["enum", readEnumMembers],
  ["intEnum", readEnumMembers],
  ["operation", readOperation],
  ["service", readProperties],
  ["resource", readProperties],
]);

/** Words that begin other statements, with where those belong. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ["metadata", "Metadata statements come before the namespace."],
  ["namespace", "A file has one namespace: put shapes of another into another file."],
  ["use", "Use statements come before the first shape."],
]);

/** Reads the statement of a shape from its type on. */
export function readShape(context: FileContext, traits: readonly TraitStatement[]): void {
  const { scanner, file } = context;
  const start = scanner.offset;
  const type = scanner.identifier("the type of a shape");
  const readBody = bodies.get(type);
  if (!readBody && !simpleTypes.includes(type)) throw unknownType(context, type, start);
  scanner.expectSpace();
  const { offset } = scanner;
  const id = `${file.namespace}#${scanner.identifier("the name of the shape")}`;
  file.declared.add(id);
  checkVersion(context, type, start, id);
  const shape: ShapeStatement = { id, type, offset, json: { type }, traits, members: [] };
  if (readBody === readMembers) readResource(context, shape);
  readMixins(context, shape);
  if (readBody) scanner.skipWhitespace();
  const isComplete = !readBody || readBody(context, shape);
  (isComplete ? file.shapes : file.partial).push(shape);
  scanner.expectLineEnd();
}

function unknownType({ scanner, file }: FileContext, type: string, offset: number): SyntaxProblem {
  const hint = elsewhere.get(type) ?? suggestion(type);
  scanner.skipSpaces();
  // What names the shape is right, whatever is wrong with its type.
  if (scanner.isAtIdentifier && !elsewhere.has(type)) file.declared.add(`${file.namespace}#${scanner.identifier("")}`);
  return new SyntaxProblem(`Unknown shape type "${printable(type)}". ${hint}`, offset, { code: "unknown-shape-type" });
}

function suggestion(type: string): string {
  const near = nearest(type, [...bodies.keys(), ...simpleTypes]);
  return near === undefined
    ? "Types are those of Smithy, such as structure, list and string."
    : `Did you mean ${near}?`;
}

function checkVersion(context: FileContext, type: string, offset: number, id: string): void {
  const { isVersion1 } = context.file;
  if (isVersion1 && (type === "enum" || type === "intEnum")) {
    const message = `A shape of type ${type} ${needsVersion2}`;
    throw new SyntaxProblem(message, offset, { code: "needs-version-2" });
  }
  if (!isVersion1 && type === "set") {
    const message = "Smithy 2.0 has no sets. Use a list with the trait uniqueItems.";
    complain(context, "needs-version-1", message, offset, id);
  }
}
