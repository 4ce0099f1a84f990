import type { MemberShape, Shape, ShapeId, SimpleType, Traits } from "./model.js";
import { isJsonObject, type RawMember, type RawShape, readTarget, readTargets, type Report } from "./raw.js";

const lifecycle = ["create", "put", "read", "update", "delete", "list"];

/** The shape that a raw one stands for, frozen; undefined where something that it needs is missing. */
export function buildShape(raw: RawShape, report: Report): Shape | undefined {
  const { id, json, path } = raw;
  const traits = toRecord(raw.traits);
  switch (raw.type) {
    case "structure":
    case "union":
      return Object.freeze({ id, type: raw.type, traits, members: membersOf(raw) });
    case "enum":
    case "intEnum":
      return Object.freeze({ id, type: raw.type, traits, members: membersOf(raw) });
    case "list":
    case "set": {
      const member = memberOf(raw, "member", report);
      // A set of 1.0 is a list whose items differ.
      const listTraits = raw.type === "set" ? Object.freeze({ ...traits, "smithy.api#uniqueItems": {} }) : traits;
      return member && Object.freeze({ id, type: "list", traits: listTraits, member });
    }
    case "map": {
      const key = memberOf(raw, "key", report);
      const value = memberOf(raw, "value", report);
      return key && value && Object.freeze({ id, type: "map", traits, key, value });
    }
    case "operation":
      return Object.freeze({
        id,
        type: "operation",
        traits,
        input: readTarget(json, "input", id, path, report) ?? "smithy.api#Unit",
        output: readTarget(json, "output", id, path, report) ?? "smithy.api#Unit",
        errors: Object.freeze(readTargets(json, "errors", id, path, report)),
      });
    case "resource":
      return Object.freeze({
        id,
        type: "resource",
        traits,
        operations: Object.freeze([
          ...lifecycle.flatMap((name) => readTarget(json, name, id, path, report) ?? []),
          ...readTargets(json, "operations", id, path, report),
          ...readTargets(json, "collectionOperations", id, path, report),
        ]),
        resources: Object.freeze(readTargets(json, "resources", id, path, report)),
      });
    case "service":
      return Object.freeze({
        id,
        type: "service",
        traits,
        version: typeof json["version"] === "string" ? json["version"] : "",
        operations: Object.freeze(readTargets(json, "operations", id, path, report)),
        resources: Object.freeze(readTargets(json, "resources", id, path, report)),
        errors: Object.freeze(readTargets(json, "errors", id, path, report)),
        rename: Object.freeze(renames(raw, report)),
      });
    case "string":
      return traits["smithy.api#enum"] === undefined
        ? Object.freeze({ id, type: "string", traits })
        : (enumOfTrait(raw, traits) ?? Object.freeze({ id, type: "string", traits }));
    default:
      return Object.freeze({ id, type: raw.type as SimpleType, traits });
  }
}

/**
 * A string with the older `smithy.api#enum` trait, as the enum shape that replaced it. Definitions without names get
 * none that could be guessed, so such a string stays a string.
 */
function enumOfTrait(raw: RawShape, traits: Traits): Shape | undefined {
  const definitions = traits["smithy.api#enum"];
  if (!Array.isArray(definitions)) return undefined;
  const members = new Map<string, MemberShape>();
  for (const definition of definitions as unknown[]) {
    if (!isJsonObject(definition) || typeof definition["value"] !== "string") return undefined;
    const name = definition["name"] ?? nameOfValue(definition["value"]);
    if (typeof name !== "string" || members.has(name)) return undefined;
    const memberTraits: Record<string, unknown> = { "smithy.api#enumValue": definition["value"] };
    if (definition["documentation"] !== undefined)
      memberTraits["smithy.api#documentation"] = definition["documentation"];
    if (definition["deprecated"] === true) memberTraits["smithy.api#deprecated"] = {};
    members.set(
      name,
      Object.freeze({ id: `${raw.id}$${name}`, name, target: "smithy.api#Unit", traits: Object.freeze(memberTraits) }),
    );
  }
  return Object.freeze({ id: raw.id, type: "enum", traits, members });
}

/** A value that is a name already names itself. */
function nameOfValue(value: string): string | undefined {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? value : undefined;
}

function membersOf(raw: RawShape): ReadonlyMap<string, MemberShape> {
  return new Map([...raw.members].map(([name, member]) => [name, toMember(raw, name, member)]));
}

function memberOf(raw: RawShape, name: string, report: Report): MemberShape | undefined {
  const member = raw.members.get(name);
  if (member) return toMember(raw, name, member);
  // Where the property was there but malformed, that has been reported.
  if (raw.json[name] === undefined && raw.mixins.length > 0) {
    report({ code: "invalid-member", shapeId: raw.id, path: raw.path, message: `The shape has no ${name}.` });
  }
  return undefined;
}

function toMember(raw: RawShape, name: string, member: RawMember): MemberShape {
  return Object.freeze({ id: `${raw.id}$${name}`, name, target: member.target, traits: toRecord(member.traits) });
}

function toRecord(traits: ReadonlyMap<string, unknown>): Traits {
  return Object.freeze(Object.fromEntries(traits));
}

function renames(raw: RawShape, report: Report): Record<ShapeId, string> {
  const { rename } = raw.json;
  if (rename === undefined) return {};
  if (isJsonObject(rename) && Object.values(rename).every((name) => typeof name === "string")) {
    return Object.fromEntries(Object.entries(rename)) as Record<ShapeId, string>;
  }
  const message = "rename must be an object of shape ids and names.";
  report({ code: "invalid-rename", shapeId: raw.id, path: [...raw.path, "rename"], message });
  return {};
}
