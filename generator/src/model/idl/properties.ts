import { readBody } from "./body.js";
import { nearest } from "../../text/nearest.js";
import { withArticle } from "../source/quote.js";
import { SyntaxProblem } from "./scanner.js";
import { complain, type FileContext, needVersion2, type ShapeStatement } from "./syntax.js";
import { readKey, readValue } from "./values.js";

/** What a property of a service or resource holds: a text, a shape, shapes, shapes by name, or names by shape. */
type Form = "text" | "shape" | "shapes" | "targets" | "names";

const forms: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
  service: { version: "text", operations: "shapes", resources: "shapes", errors: "shapes", rename: "names" },
  resource: {
    identifiers: "targets",
    properties: "targets",
    create: "shape",
    put: "shape",
    read: "shape",
    update: "shape",
    delete: "shape",
    list: "shape",
    operations: "shapes",
    collectionOperations: "shapes",
    resources: "shapes",
  },
};

/** Reads the properties of a service or resource, in braces. Returns whether all could be read. */
export function readProperties(context: FileContext, shape: ShapeStatement): boolean {
  const known = forms[shape.type] ?? {};
  return readBody(context, shape.id, () => {
    const { scanner, locations } = context;
    const { offset } = scanner;
    const name = readKey(scanner);
    checkNew(shape, name, offset);
    scanner.skipWhitespace();
    scanner.expect(":", "a colon");
    scanner.skipWhitespace();
    const form = Object.hasOwn(known, name) ? known[name] : undefined;
    if (form === undefined) return readUnknown(context, name, offset, shape, Object.keys(known));
    if (name === "properties") needVersion2(context, "A resource with properties", offset, shape.id);
    readProperty(context, shape.json, name, form);
    locations.set(shape.json, name, offset);
  });
}

/** @throws SyntaxProblem where the shape has the property already. */
export function checkNew({ id, json }: ShapeStatement, name: string, offset: number): void {
  if (Object.hasOwn(json, name))
    throw new SyntaxProblem(`Duplicate property ${name} of ${id}. Remove one of the two.`, offset);
}

/** Reports a property that shapes of the type do not have, and skips its value. */
export function readUnknown(
  context: FileContext,
  name: string,
  offset: number,
  { id, type }: ShapeStatement,
  known: readonly string[],
): void {
  const near = nearest(name, known);
  const hint = near === undefined ? `Known are ${known.join(", ")}.` : `Did you mean ${near}?`;
  complain(
    context,
    "unknown-property",
    `Unknown property ${JSON.stringify(name)} of ${id}, which is ${withArticle(type)}. ${hint}`,
    offset,
    id,
  );
  readValue(context, {}, name);
}

function readProperty(context: FileContext, json: Record<string, unknown>, name: string, form: Form): void {
  switch (form) {
    case "text":
    case "names":
      readValue(context, json, name);
      return;
    case "shape":
      json[name] = readTarget(context);
      return;
    case "shapes":
      json[name] = readTargets(context);
      return;
    case "targets":
      json[name] = readNamedTargets(context);
  }
}

/** A name of a shape, in quotes or without, as a target. */
export function readTarget(context: FileContext, what?: string): Record<string, unknown> {
  const { scanner, locations, references } = context;
  const { offset } = scanner;
  const name = scanner.at('"') ? scanner.string() : scanner.shapeId(what);
  const target = { target: name };
  locations.set(target, "target", offset);
  references.push({ holder: target, key: "target", name, offset, isValue: false });
  return target;
}

/** Names of shapes in brackets. */
export function readTargets(context: FileContext): Record<string, unknown>[] {
  const { scanner, locations } = context;
  const targets: Record<string, unknown>[] = [];
  scanner.expect("[", "a list of shapes, which begins with [");
  for (scanner.skipWhitespace(); !scanner.accept("]"); scanner.skipWhitespace()) {
    locations.set(targets, targets.length, scanner.offset);
    targets.push(readTarget(context));
  }
  return targets;
}

function readNamedTargets(context: FileContext): Record<string, unknown> {
  const { scanner, locations } = context;
  const targets: Record<string, unknown> = {};
  scanner.expect("{", "names and shapes in braces");
  for (scanner.skipWhitespace(); !scanner.accept("}"); scanner.skipWhitespace()) {
    const { offset } = scanner;
    const name = readKey(scanner);
    if (Object.hasOwn(targets, name))
      throw new SyntaxProblem(`Duplicate name ${JSON.stringify(name)}. Remove one of the two.`, offset);
    scanner.skipWhitespace();
    scanner.expect(":", "a colon");
    scanner.skipWhitespace();
    targets[name] = readTarget(context);
    locations.set(targets, name, offset);
  }
  return targets;
}
