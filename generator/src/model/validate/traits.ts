import type { CheckContext } from "./context.js";
import { isTraitDefinition } from "./targets.js";
import { defaultProblem } from "../smithy/default-values.js";
import { membersOf } from "../smithy/members.js";
import type { Shape, Traits } from "../model.js";
import { unknownTrait } from "../smithy/prelude-traits.js";
import { quote, withArticle } from "../source/quote.js";
import { valueChecks } from "../smithy/trait-values.js";

/** Checks that trait values are valid, and that traits are applied to allowed shapes. */
export function checkTraits(context: CheckContext): void {
  for (const shape of context.shapes.values()) {
    // Members of a trait's definition describe the trait with their own rules.
    if (context.is(shape.id, isTraitDefinition)) continue;
    check(shape.traits, shape, shape.id, context);
    if (shape.traits["smithy.api#default"] === null) {
      context.invalidTrait("smithy.api#default", shape.id, "can be null on members only");
    }
    for (const member of membersOf(shape)) check(member.traits, context.find(member.target), member.id, context);
  }
}

const numbers: readonly string[] = [
  "byte",
  "short",
  "integer",
  "long",
  "float",
  "double",
  "bigInteger",
  "bigDecimal",
  "intEnum",
];

/** Shape types to which a trait may be applied. For a member, the type of its target counts. */
const placements: ReadonlyMap<string, readonly string[]> = new Map([
  ["smithy.api#length", ["string", "enum", "blob", "list", "map"]],
  ["smithy.api#range", numbers],
  ["smithy.api#pattern", ["string", "enum"]],
  ["smithy.api#enum", ["string", "enum"]],
  ["smithy.api#timestampFormat", ["timestamp"]],
  ["smithy.api#mediaType", ["string", "enum", "blob"]],
  ["smithy.api#uniqueItems", ["list"]],
  ["smithy.api#sparse", ["list", "map"]],
  ["smithy.api#streaming", ["blob", "union"]],
  ["smithy.api#requiresLength", ["blob"]],
  ["smithy.api#idempotencyToken", ["string", "enum"]],
  ["smithy.api#hostLabel", ["string", "enum"]],
  ["smithy.api#httpQueryParams", ["map"]],
  ["smithy.api#httpPrefixHeaders", ["map"]],
  ["smithy.api#httpResponseCode", ["integer", "intEnum"]],
  ["smithy.api#error", ["structure"]],
  ["smithy.api#httpError", ["structure"]],
  ["smithy.api#http", ["operation"]],
  ["smithy.api#paginated", ["operation", "service"]],
  ["smithy.api#endpoint", ["operation"]],
  ["smithy.waiters#waitable", ["operation"]],
  ["smithy.api#xmlFlattened", ["list", "map"]],
]);

/** `subject` is the shape with the traits, or the target of the member. Undefined if the target does not exist. */
function check(traits: Traits, subject: Shape | undefined, id: string, context: CheckContext): void {
  for (const [trait, value] of Object.entries(traits)) {
    const unknown = unknownTrait(trait);
    if (unknown !== undefined) {
      const message = `Smithy has no trait ${quote(trait)}: ${unknown}`;
      context.warning("unknown-trait", id, message, context.locationOf(trait, id));
    }
    const problem = valueChecks.get(trait)?.(value);
    if (problem !== undefined) context.invalidTrait(trait, id, problem);
    const types = placements.get(trait);
    if (subject && types && !types.includes(subject.type)) {
      const meant = `has no meaning for ${withArticle(subject.type)}; it is for ${types.join(", ")}`;
      context.invalidTrait(trait, id, meant);
    }
  }
  if ("smithy.api#readonly" in traits && "smithy.api#idempotent" in traits) {
    const conflict = "conflicts with smithy.api#readonly, which implies it; remove one of them";
    context.invalidTrait("smithy.api#idempotent", id, conflict);
  }
  const value = traits["smithy.api#default"];
  if (!subject || value === undefined || value === null) return;
  const problem = defaultProblem(value, subject);
  if (problem !== undefined) context.invalidTrait("smithy.api#default", id, problem);
}
