import { readBody } from "./body.js";
import { readMixins, readResource } from "./heading.js";
import { readMembers } from "./members.js";
import { checkNew, readTarget, readTargets, readUnknown } from "./properties.js";
import { type FileContext, needVersion2, type ShapeStatement } from "./syntax.js";
import { readTraits } from "./traits.js";

const properties: readonly string[] = ["input", "output", "errors"];

/** Reads input, output and errors of an operation, in braces. Returns whether all could be read. */
export function readOperation(context: FileContext, shape: ShapeStatement): boolean {
  const { scanner, locations } = context;
  return readBody(context, shape.id, () => {
    const { offset } = scanner;
    const name = scanner.identifier("input, output or errors");
    checkNew(shape, name, offset);
    scanner.skipWhitespace();
    if ((name === "input" || name === "output") && scanner.at(":=")) readInline(context, shape, name);
    else {
      scanner.expect(":", "a colon");
      scanner.skipWhitespace();
      if (!properties.includes(name)) return readUnknown(context, name, offset, shape, properties);
      shape.json[name] = name === "errors" ? readTargets(context) : readTarget(context);
      if (name !== "errors") expectSeparator(context);
    }
    locations.set(shape.json, name, offset);
  });
}

function expectSeparator({ scanner }: FileContext): void {
  if (scanner.isAtEnd || /^(?:[\s,}]|\/\/)/.test(scanner.text.slice(scanner.offset, scanner.offset + 2))) return;
  throw scanner.unexpected("a blank, a line break or a comma");
}

/**
 * `:=` and a structure without a name, which is named after the operation.
 *
 * @see https://smithy.io/2.0/spec/idl.html#inline-input-output-shapes
 */
function readInline(context: FileContext, operation: ShapeStatement, side: "input" | "output"): void {
  const { scanner, locations, file } = context;
  const { offset } = scanner;
  const id = `${operation.id}${context.suffixes[side]}`;
  const target = { target: id };
  needVersion2(context, "An inline input or output", offset, operation.id);
  scanner.expect(":=", ":=");
  scanner.dropDocumentation();
  const traits = [...readTraits(context), { name: `smithy.api#${side}`, offset, body: {} }];
  const shape: ShapeStatement = { id, type: "structure", offset, json: { type: "structure" }, traits, members: [] };
  operation.json[side] = target;
  locations.set(target, "target", offset);
  file.declared.add(id);
  readResource(context, shape);
  readMixins(context, shape);
  scanner.skipWhitespace();
  (readMembers(context, shape) ? file.shapes : file.partial).push(shape);
}
