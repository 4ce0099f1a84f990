import type { CheckContext } from "./context.js";
import { isMixin } from "../smithy/raw.js";
import type { Shape } from "../model.js";
import { quote, withArticle } from "../source/quote.js";
import type { RawReference, RawShape } from "../smithy/raw.js";
import { lifecycle } from "../smithy/read-shapes.js";
import { inside } from "../source/source.js";
import { Suggestions } from "../smithy/suggest.js";

interface Kind {
  readonly what: string;
  readonly test: (shape: Shape) => boolean;
}

const ofType = (type: Shape["type"]): Kind => ({ what: withArticle(type), test: (shape) => shape.type === type });
const notData: readonly string[] = ["service", "operation", "resource"];
const data: Kind = { what: "a shape of data", test: ({ type }) => !notData.includes(type) };
const key: Kind = { what: "a string or enum", test: ({ type }) => type === "string" || type === "enum" };
const error: Kind = {
  what: "a structure with the error trait",
  test: ({ type, traits }) => type === "structure" && "smithy.api#error" in traits,
};

/** Kinds of shapes that properties must refer to. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ["input", ofType("structure")],
  ["output", ofType("structure")],
  ["errors", error],
  ["resources", ofType("resource")],
  ...[...lifecycle, "operations", "collectionOperations"].map((name) => [name, ofType("operation")] as const),
]);

/** Checks that every target exists and is of the required kind. */
export function checkTargets(context: CheckContext): void {
  const suggestions = new Suggestions(context.raw.keys());
  const check = (owner: string, { target, location }: RawReference, { what, test }: Kind): void => {
    const shape = context.find(target);
    if (!shape) {
      // A shape that exists but could not be read was already reported.
      if (context.declared.has(target)) return;
      const near = suggestions.near(target);
      const message = `There is no shape ${quote(target)}.${near === undefined ? "" : ` Did you mean ${near}?`}`;
      context.problem("dangling-target", owner, message, location);
    } else if (context.is(target, isMixin)) {
      const message = `${target} is a mixin, which cannot be a target: it can only be mixed into shapes.`;
      context.problem("wrong-target", owner, message, location);
    } else if (!test(shape)) {
      const message = `${target} is ${withArticle(shape.type)}, where ${what} is wanted.`;
      context.problem("wrong-target", owner, message, location);
    }
  };
  for (const shape of context.raw.values()) {
    // The definition of a trait describes JSON with its own rules.
    if (isTraitDefinition(shape)) continue;
    for (const [name, { target, location }] of shape.members) {
      const kind = shape.type === "map" && name === "key" ? key : data;
      check(`${shape.id}$${name}`, { target, location: inside(location, "target") }, kind);
    }
    for (const [property, references] of shape.references) {
      const kind = kinds.get(property);
      if (kind) for (const reference of references) check(shape.id, reference, kind);
    }
  }
}

export function isTraitDefinition(shape: Pick<RawShape, "traits">): boolean {
  return shape.traits.has("smithy.api#trait");
}
