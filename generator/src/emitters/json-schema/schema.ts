import type { MemberIr, ServiceIr, ShapeId, StructureIr, UnionIr } from "../../plugin.js";
import { described, descriptionOf } from "./describe.js";
import { simpleSchema } from "./simple.js";
import type { Direction, Schema } from "./types.js";

/** The JSON Schema of the JSON form of an operation's input or output. A model without one has an empty object. */
export function schemaOf(root: StructureIr | undefined, direction: Direction, ir: ServiceIr): Schema {
  if (!root) return { ...dialect, ...closed({ type: "object", properties: {} }, direction) };
  return new SchemaBuilder(root, direction, ir).build();
}

const dialect: Schema = { $schema: "https://json-schema.org/draft/2020-12/schema" };

/** In an input, unknown members are problems. */
function closed(schema: Schema, direction: Direction): Schema {
  return direction === "input" ? { ...schema, additionalProperties: false } : schema;
}

type Aggregate = StructureIr | UnionIr;

class SchemaBuilder {
  readonly #root: StructureIr;
  readonly #direction: Direction;
  readonly #ir: ServiceIr;
  /** How often each structure and union is referred to. Those with more than one reference are definitions. */
  readonly #uses = new Map<ShapeId, number>();
  readonly #definitions = new Map<ShapeId, Schema>();

  constructor(root: StructureIr, direction: Direction, ir: ServiceIr) {
    this.#root = root;
    this.#direction = direction;
    this.#ir = ir;
    this.#count(root);
  }

  build(): Schema {
    const schema = this.#aggregate(this.#root);
    const definitions = [...this.#definitions].map(([id, each]) => [this.#nameOf(id), each] as const);
    return {
      ...dialect,
      title: this.#nameOf(this.#root.id),
      ...descriptionOf(this.#root.facts),
      ...schema,
      ...(definitions.length > 0 && {
        $defs: Object.fromEntries(definitions.toSorted(([left], [right]) => (left < right ? -1 : 1))),
      }),
    };
  }

  #count(shape: Aggregate): void {
    for (const id of shape.members.flatMap(targets)) {
      const uses = this.#uses.get(id) ?? 0;
      this.#uses.set(id, uses + 1);
      const target = this.#ir.shapes.get(id);
      if (uses === 0 && id !== this.#root.id && target && "members" in target) this.#count(target);
    }
  }

  #nameOf(id: ShapeId): string {
    return this.#ir.names.shapes.get(id) ?? id;
  }

  #aggregate(shape: Aggregate): Schema {
    // An event stream has no JSON form: an output has it without, an input cannot have it.
    const members = shape.members.filter(({ eventStream }) => !eventStream || this.#direction === "input");
    const properties = Object.fromEntries(members.map((member) => [member.name, this.#property(member, shape)]));
    const required = members.filter((member) => this.#isRequired(member, shape)).map(({ name }) => name);
    return closed(
      {
        type: "object",
        properties,
        ...(required.length > 0 && { required }),
        // An output may have a member that is newer than the model.
        ...(shape.type === "union" && this.#direction === "input" && { minProperties: 1, maxProperties: 1 }),
      },
      this.#direction,
    );
  }

  #isRequired(member: MemberIr, { type }: Aggregate): boolean {
    if (!member.required || type === "union") return false;
    return this.#direction === "input" || (!member.clientOptional && this.#ir.outputs === "modelled");
  }

  #property(member: MemberIr, owner: Aggregate): Schema {
    return described(this.#value(member), member, this.#direction === "input" && owner.type === "structure");
  }

  /** The schema of a member's value, without the facts of the member itself. */
  #value(member: MemberIr): Schema {
    const { type, eventStream } = member;
    if (eventStream) return { not: {} };
    if ("member" in type) {
      return {
        type: "array",
        items: this.#element(type.member, member),
        ...this.#limits({ minItems: member.length?.min, maxItems: member.length?.max }),
        ...(member.uniqueItems && this.#direction === "input" && { uniqueItems: true }),
      };
    }
    if ("key" in type) {
      const keys = this.#value(type.key);
      return {
        type: "object",
        // A key is a string in any case.
        ...(Object.keys(keys).length > 1 && { propertyNames: keys }),
        additionalProperties: this.#element(type.value, member),
        ...this.#limits({ minProperties: member.length?.min, maxProperties: member.length?.max }),
      };
    }
    if (!("shape" in type)) return simpleSchema(type.type, member, this.#direction, this.#isLabel(member));
    const shape = this.#ir.shapes.get(type.shape);
    if (!shape) return {};
    if (!("members" in shape)) return this.#enum(shape.type, shape.values);
    return this.#reference(shape);
  }

  #isLabel({ bindings }: MemberIr): boolean {
    return "httpLabel" in bindings && this.#ir.protocol.bindings.includes("httpLabel");
  }

  #element(element: MemberIr, { sparse }: MemberIr): Schema {
    const schema = this.#value(element);
    return sparse ? { anyOf: [schema, { type: "null" }] } : schema;
  }

  #reference(shape: Aggregate): Schema {
    if (shape.id === this.#root.id) return { $ref: "#" };
    if ((this.#uses.get(shape.id) ?? 0) < 2) return { ...descriptionOf(shape.facts), ...this.#aggregate(shape) };
    if (!this.#definitions.has(shape.id)) {
      // Claims the definition before its members refer to it.
      this.#definitions.set(shape.id, {});
      this.#definitions.set(shape.id, { ...descriptionOf(shape.facts), ...this.#aggregate(shape) });
    }
    // Names of shapes consist of letters, digits and underscores.
    return { $ref: `#/$defs/${this.#nameOf(shape.id)}` };
  }

  #enum(type: "enum" | "intEnum", values: readonly { readonly value: string | number }[]): Schema {
    const known = { enum: [...new Set(values.map(({ value }) => value))] };
    const any = { type: type === "enum" ? "string" : "integer" };
    return this.#direction === "input" ? { ...any, ...known } : { anyOf: [known, any] };
  }

  #limits(limits: Readonly<Record<string, number | undefined>>): Schema {
    if (this.#direction === "output") return {};
    return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
  }
}

/** Structures and unions that a member refers to, one for each reference; enums are written where they are used. */
function targets({ type, eventStream }: MemberIr): ShapeId[] {
  if (eventStream) return [];
  if ("member" in type) return targets(type.member);
  if ("key" in type) return targets(type.value);
  return type.type === "structure" || type.type === "union" ? [type.shape] : [];
}
