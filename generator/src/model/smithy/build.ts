import { enumMembers, enumTraitProblem } from "./enum-trait.js";
import { freezeJson } from "../source/json.js";
import type { MemberShape, ResourceShape, Shape, ShapeId, SimpleType, Traits } from "../model.js";
import { type RawMember, type RawShape, referencesOf, traitLocation } from "./raw.js";
import { lifecycle } from "./read-shapes.js";
import type { Report } from "../source/report.js";

const unit = "smithy.api#Unit";
const enumTrait = "smithy.api#enum";

/** Builds the frozen shape of a raw shape. Undefined if something that it requires is missing. */
export function buildShape(raw: RawShape, report: Report): Shape | undefined {
  const shape = build(raw, report);
  return shape && Object.freeze(shape);
}

function build(raw: RawShape, report: Report): Shape | undefined {
  const { id, type } = raw;
  const traits = traitsOf(raw.traits);
  switch (type) {
    case "structure":
    case "union":
      return { id, type, traits, members: membersOf(raw) };
    case "enum":
    case "intEnum":
      return { id, type, traits, members: membersOf(raw) };
    case "list":
    case "set": {
      const member = memberOf(raw, "member", report);
      return member && { id, type: "list", traits: type === "set" ? withUniqueItems(traits) : traits, member };
    }
    case "map": {
      const key = memberOf(raw, "key", report);
      const value = memberOf(raw, "value", report);
      return key && value && { id, type, traits, key, value };
    }
    case "operation":
      return {
        id,
        type,
        traits,
        input: side(raw, "input"),
        output: side(raw, "output"),
        errors: targets(raw, "errors"),
      };
    case "resource": {
      const operations = targets(raw, ...lifecycle, "operations", "collectionOperations");
      return { id, type, traits, operations, lifecycle: lifecycleOf(raw), resources: targets(raw, "resources") };
    }
    case "service":
      return {
        id,
        type,
        traits,
        version: raw.version ?? "",
        operations: targets(raw, "operations"),
        resources: targets(raw, "resources"),
        errors: targets(raw, "errors"),
        rename: Object.freeze(Object.fromEntries([...raw.rename].map(([from, { target }]) => [from, target]))),
      };
    case "string":
      return stringOrEnum(raw, traits, report);
    default:
      return { id, type: type as SimpleType, traits };
  }
}

/** Converts a string with the deprecated enum trait to an enum shape, if its values have names. */
function stringOrEnum(raw: RawShape, traits: Traits, report: Report): Shape {
  const string: Shape = { id: raw.id, type: "string", traits };
  const definitions = traits[enumTrait];
  if (definitions === undefined || enumTraitProblem(definitions) !== undefined) return string;
  const members = enumMembers(raw.id, definitions);
  if (members) return { id: raw.id, type: "enum", traits, members };
  report.add({
    severity: "note",
    code: "nameless-enum",
    message: "The values of this enum have no names and are not names themselves, so the client has a plain string.",
    shapeId: raw.id,
    location: traitLocation(raw, enumTrait),
  });
  return string;
}

/** Targets without duplicates. */
function targets(raw: RawShape, ...properties: readonly string[]): readonly ShapeId[] {
  const all = properties.flatMap((property) => referencesOf(raw, property).map(({ target }) => target));
  return Object.freeze([...new Set(all)]);
}

function lifecycleOf(raw: RawShape): ResourceShape["lifecycle"] {
  const bound = lifecycle.map((each) => [each, referencesOf(raw, each).at(-1)?.target] as const);
  return Object.freeze(Object.fromEntries(bound.filter(([, target]) => target !== undefined)));
}

/** Input or output. The operation's own comes after that of a mixin. */
function side(raw: RawShape, property: "input" | "output"): ShapeId {
  return referencesOf(raw, property).at(-1)?.target ?? unit;
}

function membersOf(raw: RawShape): ReadonlyMap<string, MemberShape> {
  return new Map([...raw.members].map(([name, member]) => [name, toMember(raw, name, member)]));
}

function memberOf(raw: RawShape, name: string, report: Report): MemberShape | undefined {
  const member = raw.members.get(name);
  if (member) return toMember(raw, name, member);
  // Without a mixin that could provide it, its absence was already reported.
  if (raw.mixins.length > 0) {
    const message = `Neither the shape nor its mixins have a ${name}.`;
    report.add({ code: "invalid-member", message, shapeId: `${raw.id}$${name}`, location: raw.location });
  }
  return undefined;
}

function toMember(raw: RawShape, name: string, member: RawMember): MemberShape {
  return Object.freeze({ id: `${raw.id}$${name}`, name, target: member.target, traits: traitsOf(member.traits) });
}

const noTraits: Traits = Object.freeze({});

function traitsOf(traits: ReadonlyMap<string, unknown>): Traits {
  return traits.size === 0 ? noTraits : freezeJson(Object.fromEntries(traits));
}

function withUniqueItems(traits: Traits): Traits {
  return freezeJson({ ...traits, "smithy.api#uniqueItems": {} });
}
