import type { JSONPath } from "jsonc-parser";
import type { CheckContext } from "./check.js";
import { checkPagination } from "./check-pagination.js";
import { membersOf } from "./members.js";
import type { AggregateShape, EnumShape, MemberShape, OperationShape, Shape, Traits } from "./model.js";
import { prelude } from "./prelude.js";
import { isJsonObject } from "./raw.js";
import { valueChecks } from "./trait-values.js";

/** Trait values must be of their form, and fit what they stand on. */
export function checkTraits(context: CheckContext): void {
  for (const shape of context.shapes.values()) {
    // Members of a trait's definition describe the trait, in forms of their own.
    if ("smithy.api#trait" in shape.traits) continue;
    const path = context.raw.get(shape.id)?.path ?? [];
    checkValues(shape.traits, shape.id, path, context);
    checkPlacement(shape.traits, shape, shape.id, path, context);
    for (const member of membersOf(shape)) {
      const memberPath = context.raw.get(shape.id)?.members.get(member.name)?.path ?? path;
      checkValues(member.traits, member.id, memberPath, context);
      const target = context.shapes.get(member.target) ?? prelude.get(member.target);
      if (target) checkPlacement(member.traits, target, member.id, memberPath, context);
    }
    if (shape.type === "enum" || shape.type === "intEnum") checkEnumValues(shape, context);
    if (shape.type === "operation") {
      checkLabels(shape, path, context);
      checkPagination(shape, path, context);
    }
  }
}

function invalid(context: CheckContext, trait: string, shapeId: string, path: JSONPath, problem: string): void {
  const message = `The trait ${trait} ${problem}.`;
  context.report({ code: "invalid-trait", shapeId, path: [...path, "traits", trait], message });
}

function checkValues(traits: Traits, shapeId: string, path: JSONPath, context: CheckContext): void {
  for (const [trait, value] of Object.entries(traits)) {
    const problem = valueChecks.get(trait)?.(value);
    if (problem !== undefined) invalid(context, trait, shapeId, path, problem);
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

/** Which shapes a trait may stand on; a member's trait is about its target. */
const placements: ReadonlyMap<string, readonly string[]> = new Map([
  ["smithy.api#length", ["string", "enum", "blob", "list", "map"]],
  ["smithy.api#range", numbers],
  ["smithy.api#pattern", ["string", "enum"]],
  ["smithy.api#enum", ["string", "enum"]],
  ["smithy.api#timestampFormat", ["timestamp"]],
  ["smithy.api#mediaType", ["string", "enum", "blob"]],
  ["smithy.api#uniqueItems", ["list"]],
  ["smithy.api#sparse", ["list", "map"]],
  ["smithy.api#idempotencyToken", ["string", "enum"]],
  ["smithy.api#error", ["structure"]],
  ["smithy.api#httpError", ["structure"]],
  ["smithy.api#http", ["operation"]],
  ["smithy.api#paginated", ["operation", "service"]],
  ["smithy.api#endpoint", ["operation"]],
  ["smithy.waiters#waitable", ["operation"]],
  ["smithy.api#xmlFlattened", ["list", "map"]],
]);

function checkPlacement(traits: Traits, shape: Shape, shapeId: string, path: JSONPath, context: CheckContext): void {
  for (const trait of Object.keys(traits)) {
    const types = placements.get(trait);
    if (!types || types.includes(shape.type)) continue;
    invalid(context, trait, shapeId, path, `has no meaning for a ${shape.type}; it is for ${types.join(", ")}`);
  }
  const value = traits["smithy.api#default"];
  if (value === undefined || value === null) return;
  const problem = defaultProblem(value, shape);
  if (problem) invalid(context, "smithy.api#default", shapeId, path, problem);
}

function defaultProblem(value: unknown, { type }: Shape): string | undefined {
  const fits =
    type === "document" ||
    (type === "boolean" && typeof value === "boolean") ||
    (numbers.includes(type) && typeof value === "number") ||
    ((type === "string" || type === "enum" || type === "blob") && typeof value === "string") ||
    (type === "timestamp" && (typeof value === "number" || typeof value === "string")) ||
    (type === "list" && Array.isArray(value) && value.length === 0) ||
    (type === "map" && isJsonObject(value) && Object.keys(value).length === 0);
  return fits ? undefined : `has a value that is no ${type}`;
}

/** Each member of an enum has its own value. */
function checkEnumValues(shape: EnumShape, context: CheckContext): void {
  // What the older trait said has been checked as that trait.
  if ("smithy.api#enum" in shape.traits) return;
  const wanted = shape.type === "enum" ? "string" : "number";
  const owners = new Map<unknown, string>();
  const path = context.raw.get(shape.id)?.path ?? [];
  if (shape.members.size === 0) {
    context.report({ code: "empty-enum", shapeId: shape.id, path, message: "An enum must have a member." });
  }
  for (const member of shape.members.values()) {
    const memberPath = [...path, "members", member.name];
    // An enum member without a value has its name for one; an intEnum has no such default.
    const value = member.traits["smithy.api#enumValue"] ?? (wanted === "string" ? member.name : undefined);
    const other = owners.get(value);
    if (typeof value !== wanted || value === "") {
      invalid(
        context,
        "smithy.api#enumValue",
        member.id,
        memberPath,
        `must be a ${wanted}${wanted === "string" ? " that is not empty" : ""}`,
      );
    } else if (other !== undefined) {
      const problem = `has the value ${JSON.stringify(value)}, which ${other} has too`;
      invalid(context, "smithy.api#enumValue", member.id, memberPath, problem);
    } else owners.set(value, member.name);
  }
}

/** Labels of the URI and of the host, and the members that fill them, must agree. */
function checkLabels(operation: OperationShape, path: JSONPath, context: CheckContext): void {
  const input = context.shapes.get(operation.input) ?? prelude.get(operation.input);
  if (input?.type !== "structure") return;
  const { "smithy.api#http": http, "smithy.api#endpoint": endpoint } = operation.traits;
  if (isJsonObject(http) && typeof http["uri"] === "string") {
    const labels = [...(http["uri"].split("?")[0] ?? "").matchAll(/\{([^}]*)\}/g)].map(([, label = ""]) =>
      label.replace(/\+$/, ""),
    );
    const report = (problem: string): void => invalid(context, "smithy.api#http", operation.id, path, problem);
    for (const label of labels) {
      if (!boundMember(input, label, "smithy.api#httpLabel"))
        report(`has the label {${label}}, but its input has no such httpLabel member`);
    }
    for (const member of input.members.values()) {
      if (!("smithy.api#httpLabel" in member.traits)) continue;
      if (!labels.includes(member.name)) report(`has no label {${member.name}} for the httpLabel member of its input`);
      checkRequired(member, "smithy.api#httpLabel", context);
    }
  }
  if (isJsonObject(endpoint) && typeof endpoint["hostPrefix"] === "string") {
    for (const [, label = ""] of endpoint["hostPrefix"].matchAll(/\{([^}]*)\}/g)) {
      if (boundMember(input, label, "smithy.api#hostLabel")) continue;
      const problem = `has the label {${label}}, but its input has no such hostLabel member`;
      invalid(context, "smithy.api#endpoint", operation.id, path, problem);
    }
  }
}

function boundMember(input: AggregateShape, name: string, trait: string): boolean {
  return trait in (input.members.get(name)?.traits ?? {});
}

function checkRequired(member: MemberShape, trait: string, context: CheckContext): void {
  if ("smithy.api#required" in member.traits) return;
  const [shapeId = ""] = member.id.split("$");
  const path = context.raw.get(shapeId)?.members.get(member.name)?.path ?? [];
  invalid(context, trait, member.id, path, "wants its member to be required, since a path cannot leave it out");
}
