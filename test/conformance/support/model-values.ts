/** Values of protocol tests: how the model's JSON becomes what a caller of the generated client passes or gets. */

export interface AstShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, AstMember>>;
  readonly member?: AstMember;
  readonly key?: AstMember;
  readonly value?: AstMember;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly [property: string]: unknown;
}

export interface AstMember {
  readonly target: string;
  readonly traits?: Readonly<Record<string, unknown>>;
}

export interface Ast {
  readonly shapes: Readonly<Record<string, AstShape>>;
}

const preludeTypes: Readonly<Record<string, string>> = {
  String: "string",
  Blob: "blob",
  Boolean: "boolean",
  PrimitiveBoolean: "boolean",
  Byte: "byte",
  Short: "short",
  Integer: "integer",
  PrimitiveInteger: "integer",
  Long: "long",
  PrimitiveLong: "long",
  Float: "float",
  PrimitiveFloat: "float",
  Double: "double",
  PrimitiveDouble: "double",
  BigInteger: "bigInteger",
  BigDecimal: "bigDecimal",
  Timestamp: "timestamp",
  Document: "document",
  Unit: "structure",
};

export function shapeOf(ast: Ast, id: string): AstShape {
  const shape = ast.shapes[id];
  if (shape) return shape;
  const [namespace, name = ""] = id.split("#");
  const type = namespace === "smithy.api" ? preludeTypes[name] : undefined;
  if (!type) throw new Error(`no shape ${id}`);
  return { type };
}

/** A member of the structure itself or of one that it is mixed from. */
function memberOf(ast: Ast, shape: AstShape, name: string): AstMember | undefined {
  const own = shape.members?.[name];
  if (own) return own;
  const mixins = (shape["mixins"] ?? []) as readonly AstMember[];
  return mixins.map(({ target }) => memberOf(ast, shapeOf(ast, target), name)).find((member) => member !== undefined);
}

/** Timestamps stand as epoch seconds, blobs as text, odd floats as strings. */
export function fromTestValue(ast: Ast, target: string, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  const shape = shapeOf(ast, target);
  switch (shape.type) {
    case "timestamp":
      return new Date(Number(value) * 1000);
    case "blob":
      return new Uint8Array(Buffer.from(String(value), "utf8"));
    case "float":
    case "double":
      return typeof value === "string" ? Number(value) : value;
    case "bigInteger":
      return BigInt(String(value));
    case "bigDecimal":
      return String(value);
    case "list":
    case "set":
      return (value as unknown[]).map((item) => fromTestValue(ast, shape.member?.target ?? "", item));
    case "map":
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, fromTestValue(ast, shape.value?.target ?? "", item)]),
      );
    case "structure":
    case "union":
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => {
          const member = memberOf(ast, shape, name);
          if (!member) throw new Error(`${target} has no member ${name}`);
          return [name, fromTestValue(ast, member.target, item)];
        }),
      );
    default:
      return value;
  }
}
