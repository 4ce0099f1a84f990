import { isJsonObject, type Json } from "../source/json.js";
import type { ShapeId } from "../model.js";
import { quote } from "../source/quote.js";
import { inside, type PathLocation } from "../source/source.js";
import { type Api2Context, present } from "./context.js";
import { exceptionTraits } from "./exceptions.js";
import { bindingTraits, boundTraits, commonTraits, xmlNamespace } from "./members.js";

/** Smithy types by api-2 type. AWS SDK v2 changes blobs to `binary` or `base64` in a description that it has used. */
const types: ReadonlyMap<unknown, string> = new Map([
  ...["structure", "list", "map", "string", "boolean", "timestamp", "blob"].map((type) => [type, type] as const),
  ...["byte", "short", "integer", "long", "float", "double"].map((type) => [type, type] as const),
  ["character", "string"],
  ["biginteger", "bigInteger"],
  ["bigdecimal", "bigDecimal"],
  ["binary", "blob"],
  ["base64", "blob"],
]);

const prelude: ReadonlyMap<string, ShapeId> = new Map(
  ["String", "Boolean", "Timestamp", "Blob", "Byte", "Short", "Integer", "Long", "Float", "Double"]
    .concat("BigInteger", "BigDecimal", "Document")
    .map((name) => [name[0]?.toLowerCase() + name.slice(1), `smithy.api#${name}`]),
);

/** Known properties of a shape, an inline member, or a reference. The reader ignores some of them. */
const known: ReadonlySet<string> = new Set(
  (
    "type shape members required member key value union document flattened wrapper resultWrapper xmlOrder xmlNamespace " +
    "xmlAttribute payload location locationName queryName min max pattern enum box sensitive streaming requiresLength " +
    "timestampFormat jsonvalue idempotencyToken hostLabel endpointdiscoveryid deprecated deprecatedMessage deprecatedSince " +
    "documentation documentationUrl error exception fault retryable synthetic eventstream event eventpayload eventheader " +
    "contextParam isComposite"
  ).split(" "),
);

/** A shape to convert to Smithy's form. */
interface Definition {
  readonly json: Json;
  readonly location: PathLocation;
  readonly id: ShapeId;
}

/** Converts named and inline shapes to Smithy's form. */
export class ShapeReader {
  readonly #context: Api2Context;
  readonly #shapes: Json;
  /** Shape IDs by name in the file. */
  readonly #ids = new Map<string, ShapeId>();

  constructor(shapes: Json, context: Api2Context) {
    this.#shapes = shapes;
    this.#context = context;
    for (const name of Object.keys(shapes)) this.#ids.set(name, context.id(context.claim(name)));
  }

  /** Reads `shapes` of the file. */
  readAll(location: PathLocation): void {
    for (const [name, json] of Object.entries(this.#shapes)) {
      const at = inside(location, name);
      const id = this.#ids.get(name) ?? "";
      if (!this.#context.checkName("a shape", name, at)) continue;
      if (!isJsonObject(json)) this.#context.error("invalid-shape", "A shape must be an object.", at, id);
      else this.#define({ json, location: at, id });
    }
  }

  /** The shape ID of a name in the file. A missing shape is reported after all shapes are read. */
  named(name: string): ShapeId {
    return this.#ids.get(name) ?? this.#context.id(name);
  }

  /** Members of an inline or named structure, as in the file. */
  membersOf({ shape, members }: Json): Json {
    const named = typeof shape === "string" && Object.hasOwn(this.#shapes, shape) ? this.#shapes[shape] : undefined;
    const found = isJsonObject(named) ? named["members"] : members;
    return isJsonObject(found) ? found : {};
  }

  /**
   * The shape of an operation's input or output, with the traits that the operation declares for it.
   *
   * @param wanted name for an inline shape
   */
  side(json: Json, location: PathLocation, wanted: string): ShapeId {
    const { shape } = json;
    const id = typeof shape === "string" ? this.named(shape) : this.#anonymous({ json, location, wanted });
    const defined = this.#context.shapes[id];
    const { locationName } = json;
    if (defined && this.#context.protocol?.name === "rest-xml") {
      const traits = present({
        ...(defined["traits"] as Json),
        ...(typeof locationName === "string" && { "smithy.api#xmlName": locationName }),
        ...(json["xmlNamespace"] !== undefined && {
          "smithy.api#xmlNamespace": xmlNamespace(json, location, id, this.#context),
        }),
      });
      this.#context.shapes[id] = { ...defined, traits };
    }
    return id;
  }

  #anonymous({ json, location, wanted }: Pick<Definition, "json" | "location"> & { readonly wanted: string }): ShapeId {
    const id = this.#context.id(this.#context.claim(wanted));
    this.#define({ json, location, id });
    return id;
  }

  #define({ json, location, id }: Definition): void {
    this.#context.warnOfOthers(json, known, location, id);
    const type = this.#typeOf(json, location, id);
    if (type === undefined) return;
    const traits = {
      ...commonTraits(json, location, id, this.#context),
      ...boundTraits(json, type, location, id, this.#context),
      ...this.#enum(json, location, id),
    };
    const shape = { type, traits: withoutMemberTraits(traits) };
    this.#context.define(id, { ...shape, ...this.#content({ json, location, id }, type, traits) }, location);
  }

  #content(definition: Definition, type: string, traits: Json): Json {
    const { json, location, id } = definition;
    switch (type) {
      case "structure":
      case "union":
        return {
          traits: present({
            ...withoutMemberTraits(traits),
            ...exceptionTraits(json, location, id, this.#context),
            "smithy.api#xmlNamespace": this.#context.protocol?.isXml
              ? xmlNamespace(json, location, id, this.#context)
              : undefined,
          }),
          members: this.#members(definition),
        };
      case "list":
        return { member: this.#part(definition, "member") };
      case "map":
        return { key: this.#part(definition, "key"), value: this.#part(definition, "value") };
      default:
        return {};
    }
  }

  #members({ json, location, id }: Definition): Json {
    const given = this.#context.object(json, "members", location, id) ?? {};
    const required = this.#names(json, "required", { json, location, id }, given);
    const first = this.#names(json, "xmlOrder", { json, location, id }, given);
    const payload = this.#payload({ json, location, id }, given);
    const members: [string, Json][] = [];
    for (const name of new Set([...first, ...Object.keys(given)])) {
      const at = inside(location, "members", name);
      const member = this.#member(name, given[name], at, id, name[0]?.toUpperCase() + name.slice(1));
      if (!member || !this.#context.checkName("a member", name, at, id)) continue;
      const traits = present({
        ...(member["traits"] as Json),
        "smithy.api#required": required.has(name) ? {} : undefined,
        "smithy.api#httpPayload": payload === name ? {} : undefined,
      });
      members.push([name, { ...member, traits }]);
    }
    return Object.fromEntries(members);
  }

  /** `member` of a list, `key` and `value` of a map. The default type of the latter is string. */
  #part({ json, location, id }: Definition, name: "member" | "key" | "value"): Json | undefined {
    const isGiven = json[name] !== undefined;
    if (!isGiven && name === "member") {
      this.#context.error("invalid-member", "A list must have a member.", location, id);
      return { target: prelude.get("string") };
    }
    const word = name === "member" ? "Item" : name === "key" ? "Key" : "Value";
    return this.#member(name, isGiven ? json[name] : {}, inside(location, name), id, word);
  }

  #member(name: string, json: unknown, location: PathLocation, owner: ShapeId, word: string): Json | undefined {
    const id = `${owner}$${name}`;
    this.#context.origins.set(id, location.path);
    if (!isJsonObject(json)) {
      this.#context.error("invalid-member", `${quote(name)} must be an object.`, location, id);
      return undefined;
    }
    const { shape } = json;
    if (shape !== undefined && typeof shape !== "string") {
      const message = "shape must be the name of a shape.";
      this.#context.error("invalid-property", message, inside(location, "shape"), id);
      return undefined;
    }
    const isReference = shape !== undefined;
    const named = isReference && Object.hasOwn(this.#shapes, shape) ? this.#shapes[shape] : undefined;
    const target = isReference ? (isJsonObject(named) ? named : {}) : json;
    const type = this.#typeOf(target, location, id, isReference);
    if (type === undefined) return undefined;
    if (isReference) this.#context.warnOfOthers(json, known, location, id);
    const isOwn = isReference || prelude.has(type);
    const wire = bindingTraits({ name, json, type, target, location, id }, this.#context);
    const traits = {
      ...(isOwn
        ? commonTraits(json, location, id, this.#context)
        : onMember(commonTraits(json, location, id, this.#context))),
      ...(isOwn && boundTraits(json, type, location, id, this.#context)),
      ...wire,
    };
    return { target: isReference ? this.named(shape) : this.#targetOf(json, type, location, owner, word), traits };
  }

  /** Target of a member with an inline shape: a prelude shape for simple types; constraints are set on the member. */
  #targetOf(json: Json, type: string, location: PathLocation, owner: ShapeId, word: string): ShapeId {
    const simple = json["enum"] === undefined ? prelude.get(type) : undefined;
    if (simple !== undefined) {
      this.#context.warnOfOthers(json, known, location);
      return simple;
    }
    const wanted = `${owner.slice(owner.indexOf("#") + 1)}${word}`;
    return this.#anonymous({ json, location, wanted });
  }

  /** The Smithy type of a shape. Abbreviated files omit it if it follows from other properties. */
  #typeOf(json: Json, location: PathLocation, id: string, isElsewhere = false): string | undefined {
    const { type: given, members, member, key, value } = json;
    const implied = members ? "structure" : member ? "list" : key || value ? "map" : "string";
    const type = types.get(given ?? implied);
    if (type === undefined) {
      // Problems of a shape that is referred to are reported at its definition.
      if (isElsewhere) return "string";
      const what = typeof given === "string" ? `${quote(given)} is not a shape type` : "type must be a shape type";
      const message = `${what}; known are ${[...types.keys()].slice(0, -2).join(", ")}.`;
      this.#context.error("unknown-shape-type", message, inside(location, "type"), id);
      return undefined;
    }
    if (type !== "structure") return type;
    if (json["document"] === true) return "document";
    return json["union"] === true || json["eventstream"] === true ? "union" : type;
  }

  #enum(json: Json, location: PathLocation, id: string): Json {
    const { enum: values } = json;
    if (values === undefined) return {};
    if (Array.isArray(values) && values.every((value) => typeof value === "string")) {
      return { "smithy.api#enum": [...new Set(values)].map((value) => ({ value })) };
    }
    this.#context.error("invalid-property", "enum must be a list of strings.", inside(location, "enum"), id);
    return {};
  }

  /** A list of member names. */
  #names(json: Json, property: string, { location, id }: Definition, members: Json): Set<string> {
    const names: unknown = json[property] ?? [];
    // Older descriptions have `required: true` on the member instead.
    if (!Array.isArray(names)) {
      if (typeof names === "boolean") return new Set();
      const message = `${property} must be a list of names of members.`;
      this.#context.error("invalid-property", message, inside(location, property), id);
      return new Set();
    }
    for (const [index, name] of names.entries()) {
      if (typeof name === "string" && Object.hasOwn(members, name)) continue;
      const message = `${property} names ${quote(String(name))}, which is not a member.`;
      this.#context.error("unknown-member", message, inside(location, property, index), id);
    }
    return new Set(names.filter((name) => typeof name === "string" && Object.hasOwn(members, name)) as string[]);
  }

  #payload({ json, location, id }: Definition, members: Json): string | undefined {
    const payload = this.#context.value(json, "payload", "string", location, id);
    if (payload === undefined || Object.hasOwn(members, payload)) return payload;
    const message = `payload names ${quote(payload)}, which is not a member.`;
    this.#context.error("unknown-member", message, inside(location, "payload"), id);
    return undefined;
  }
}

const memberTraits = [
  "smithy.api#idempotencyToken",
  "smithy.api#hostLabel",
  "aws.api#clientEndpointDiscoveryId",
  "smithy.api#eventHeader",
  "smithy.api#eventPayload",
];

/** Traits of a shape, without those of the member that defines it inline. */
function withoutMemberTraits(traits: Json): Json {
  return Object.fromEntries(Object.entries(traits).filter(([trait]) => !memberTraits.includes(trait)));
}

/** Traits that remain on a member whose inline shape becomes a separate shape. */
function onMember(traits: Json): Json {
  const stays = [...memberTraits, "smithy.api#documentation", "smithy.api#deprecated"];
  return Object.fromEntries(Object.entries(traits).filter(([trait]) => stays.includes(trait)));
}
