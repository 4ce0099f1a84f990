/** Whole numbers from 0 up to, but without, a bound. */
export type Pick = (bound: number) => number;

/** The same numbers for the same seed (mulberry32). */
export function picker(seed: number): Pick {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

export interface RandomMember {
  readonly target: string;
  readonly traits: Record<string, unknown>;
}

export interface RandomShape {
  readonly type: string;
  readonly traits: Record<string, unknown>;
  readonly members?: Readonly<Record<string, RandomMember>>;
  readonly member?: RandomMember;
  readonly key?: RandomMember;
  readonly value?: RandomMember;
  readonly [field: string]: unknown;
}

export interface RandomModel {
  readonly protocol: string;
  readonly operations: readonly string[];
  readonly shapes: Readonly<Record<string, RandomShape>>;
}

/** Names that mean something to JavaScript, TypeScript, the runtime or the generated package, beside plain ones. */
const shapeNames = [
  "Object Array Promise Date Error Map Record String Number Boolean Uint8Array Symbol Function Partial Readonly",
  "Class Default Import Delete Await Null Undefined Client Options Service Operation StructureShape Member Invoke",
  "ServiceError CallOptions Paginator Index Model Errors RandomClient RandomModel ValidationIssue DocumentType Unit",
  "Item Items Thing Things X509 _0 A1 a_b Data Response Request Constructor Prototype Con Nul Aux Structure",
].flatMap((line) => line.split(" "));

const memberNames =
  "constructor toString hasOwnProperty valueOf length name message stack cause type default class delete client input options then prototype __proto__ _1 a1 Item value key member fault status retryable requestId code error await async of in let arguments eval undefined NaN"
    .split(" ")
    .filter((name) => /^_*[A-Za-z0-9]\w*$/.test(name));

const docs = [
  "Plain.",
  "Ends */ the comment <b>early</b> {@link Nothing} `${code}`",
  "<p>Kühl \u{1F40C} \u2028 日本</p><ul><li>a <code>b*/</code></li></ul>",
  "@internal @throws {x} \\u002a/",
];

const simple = {
  String: ["", "x*/y`${z}`"],
  Boolean: [true, false],
  Integer: [0, -7],
  Long: [0, 9],
  Short: [1],
  Byte: [-1],
  Float: [0.5],
  Double: [1.25],
  Blob: [""],
  Timestamp: [0],
  Document: ["x"],
  BigInteger: [],
  BigDecimal: [],
} as const;

export const protocols = [
  "aws.protocols#awsJson1_0",
  "aws.protocols#awsJson1_1",
  "aws.protocols#restJson1",
  "smithy.protocols#rpcv2Cbor",
  "aws.protocols#restXml",
  "aws.protocols#awsQuery",
  "aws.protocols#ec2Query",
] as const;

/**
 * A valid model with what real ones have, and names that are hard to have: recursion through lists, maps and unions,
 * sparse collections, enums of every kind, defaults, documents, errors with the fields of JavaScript's. Input and
 * output of an operation have the same members, so that what is written can be read.
 */
export function randomModel(seed: number): RandomModel {
  const pick = picker(seed);
  const chance = (percent: number): boolean => pick(100) < percent;
  const oneOf = <T>(items: readonly T[]): T => {
    const item = items[pick(items.length)];
    if (item === undefined) throw new Error("There is nothing to choose from");
    return item;
  };
  const protocol = protocols[seed % protocols.length] ?? protocols[0];
  const isDocumented = protocol !== "smithy.protocols#rpcv2Cbor" && !/Xml|Query/.test(protocol);

  const taken = new Set(["random"]);
  const unique = (wanted: string): string => {
    let name = wanted;
    for (let turn = 1; taken.has(name.toLowerCase()); turn++) name = `${wanted}${turn}`;
    taken.add(name.toLowerCase());
    return name;
  };
  const kinds = Array.from({ length: 6 + pick(10) }, () =>
    oneOf(["structure", "structure", "union", "list", "map", "enum", "intEnum", "enumTrait", "named", "empty"]),
  );
  const planned = kinds.map((kind) => ({ kind, id: `t#${unique(oneOf(shapeNames))}` }));
  const leaves = Object.keys(simple)
    .filter((name) => (name === "Document" ? isDocumented : true))
    .map((name) => `smithy.api#${name}`);
  const any = (): string => (chance(40) && planned.length > 0 ? oneOf(planned).id : oneOf(leaves));
  /** Lists and maps hold no other list or map, so that they never hold themselves alone. */
  const flat = (): string => {
    const { kind, id } = oneOf(planned);
    return chance(50) && kind !== "list" && kind !== "map" ? id : oneOf(leaves);
  };
  const documented = (): Record<string, unknown> =>
    chance(40) ? { "smithy.api#documentation": oneOf(docs), ...(chance(20) && { "smithy.api#deprecated": {} }) } : {};
  const member = (target: string, traits: Record<string, unknown> = {}): RandomMember => ({
    target,
    traits: { ...documented(), ...traits },
  });
  const ownTraits = (target: string): Record<string, unknown> => {
    const values: readonly unknown[] = simple[target.replace("smithy.api#", "") as keyof typeof simple] ?? [];
    if (!target.startsWith("smithy.api#")) return {};
    if (chance(15)) return { "smithy.api#required": {} };
    if (values.length > 0 && chance(20))
      return { "smithy.api#default": oneOf(values), ...(chance(30) && { "smithy.api#clientOptional": {} }) };
    if (target === "smithy.api#String" && chance(15)) return { "smithy.api#idempotencyToken": {} };
    return {};
  };
  const members = (most: number): Record<string, RandomMember> => {
    const names = new Map(
      Array.from({ length: pick(most + 1) }, () => oneOf(memberNames)).map((n) => [n.toLowerCase(), n]),
    );
    return Object.fromEntries(
      [...names.values()].map((name) => {
        const target = any();
        return [name, member(target, ownTraits(target))];
      }),
    );
  };

  const shapes = new Map<string, RandomShape>();
  const sparse = (): Record<string, unknown> => (chance(30) ? { "smithy.api#sparse": {} } : {});
  for (const { kind, id } of planned) {
    const traits = documented();
    if (kind === "structure") shapes.set(id, { type: "structure", traits, members: members(6) });
    if (kind === "empty") shapes.set(id, { type: "structure", traits, members: {} });
    if (kind === "union") {
      const own = Object.entries({ leaf: member("smithy.api#String"), ...members(4) });
      const plain = own.map(([name, { target }]) => [name, member(target)] as const);
      shapes.set(id, { type: "union", traits, members: Object.fromEntries(plain) });
    }
    if (kind === "list") shapes.set(id, { type: "list", traits: { ...traits, ...sparse() }, member: member(flat()) });
    if (kind === "map")
      shapes.set(id, {
        type: "map",
        traits: { ...traits, ...sparse() },
        key: member("smithy.api#String"),
        value: member(flat()),
      });
    if (kind === "enum" || kind === "intEnum") {
      const names = [...new Set([...Array.from({ length: 4 }, () => oneOf(memberNames)), "A"])];
      const cased = new Map(names.map((name) => [name.toLowerCase(), name]));
      const values = [...cased.values()].map((name, index) => [
        name,
        { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": kind === "enum" ? `${name}'"\`*/` : index } },
      ]);
      shapes.set(id, { type: kind, traits, members: Object.fromEntries(values) as Record<string, RandomMember> });
    }
    if (kind === "enumTrait") {
      const values = [{ value: "1-a b" }, { value: "constructor" }, ...(chance(50) ? [{ value: "1_A_B" }] : [])];
      shapes.set(id, { type: "string", traits: { ...traits, "smithy.api#enum": values } });
    }
    if (kind === "named") {
      shapes.set(id, { type: oneOf(["string", "integer", "blob", "timestamp", "double"]), traits });
    }
  }

  const target = (id: string): { readonly target: string } => ({ target: id });
  const errors = Array.from({ length: 1 + pick(3) }, () => {
    const id = `t#${unique(oneOf(shapeNames))}`;
    shapes.set(id, {
      type: "structure",
      traits: { "smithy.api#error": oneOf(["client", "server"]), ...(chance(50) && { "smithy.api#httpError": 418 }) },
      members: members(5),
    });
    return id;
  });
  const operations = Array.from({ length: 1 + pick(4) }, (_, index) => {
    const name = unique(oneOf([...shapeNames, "client", "delete", "destroy", "config"]));
    const own = members(8);
    const isEmpty = chance(10);
    for (const side of ["Input", "Output"]) {
      if (!isEmpty) shapes.set(`t#${name}${side}Of`, { type: "structure", traits: {}, members: own });
    }
    shapes.set(`t#${name}`, {
      type: "operation",
      traits: { ...documented(), "smithy.api#http": { method: "POST", uri: `/o/${index}`, code: 200 } },
      input: target(isEmpty ? "smithy.api#Unit" : `t#${name}InputOf`),
      output: target(isEmpty ? "smithy.api#Unit" : `t#${name}OutputOf`),
      errors: errors.filter(() => chance(60)).map(target),
    });
    return name;
  });
  const split = pick(operations.length + 1);
  const bound = operations.map((name) => target(`t#${name}`));
  shapes.set("t#RandomResource", { type: "resource", traits: {}, operations: bound.slice(split) });
  shapes.set("t#Random", {
    type: "service",
    version: "1",
    operations: bound.slice(0, split),
    resources: [target("t#RandomResource")],
    traits: {
      [protocol]: {},
      "aws.api#service": { sdkId: "Random" },
      ...(/Xml|Query/.test(protocol) && { "smithy.api#xmlNamespace": { uri: "https://example.com/" } }),
    },
  });
  return { protocol, operations, shapes: Object.fromEntries(shapes) };
}
