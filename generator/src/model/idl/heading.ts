import { readTarget } from "./properties.js";
import { type FileContext, needVersion2, type ShapeStatement } from "./syntax.js";

/** `for` and the resource whose identifiers and properties members can elide. */
export function readResource(context: FileContext, shape: ShapeStatement): void {
  const { scanner } = context;
  scanner.skipSpaces();
  if (!scanner.atWord("for")) return;
  needVersion2(context, "A shape that is bound to a resource", scanner.offset, shape.id);
  scanner.accept("for");
  scanner.skipSpaces();
  const { offset } = scanner;
  shape.resource = { name: scanner.shapeId("the name of a resource"), offset };
}

/** `with` and mixins in brackets. */
export function readMixins(context: FileContext, shape: ShapeStatement): void {
  const { scanner, locations } = context;
  scanner.skipSpaces();
  const { offset } = scanner;
  if (!scanner.atWord("with")) return;
  needVersion2(context, "A shape with mixins", offset, shape.id);
  scanner.accept("with");
  scanner.skipWhitespace();
  scanner.expect("[", "mixins, which begin with [");
  scanner.skipWhitespace();
  const mixins: Record<string, unknown>[] = [];
  do {
    locations.set(mixins, mixins.length, scanner.offset);
    mixins.push(readTarget(context, "the name of a mixin"));
    scanner.skipWhitespace();
  } while (!scanner.accept("]"));
  shape.json["mixins"] = mixins;
  locations.set(shape.json, "mixins", offset);
}
