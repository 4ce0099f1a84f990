import type { MemberIr, OperationIr, ServiceIr, StructureIr, UnionIr } from "clientsmith";
import { directionOf, memberDeclaration, typeText } from "#generator/emit/views/types.js";
import { errorFields } from "#generator/ir/reserved.js";

/** Nesting of literals and of reads: shapes that hold themselves have no end. */
const deepest = 5;

/**
 * A program that uses all of a client: names every export, calls every operation with the least and with a full input,
 * reads every output member into its type, narrows every error where it is imported from its operation's module, and uses
 * every enum constant. It is made of the old client's facts and files, and knows nothing of how clients are compared.
 *
 * @param from folder of the client's sources, relative to the program
 */
export function probeOf(ir: ServiceIr, files: ReadonlyMap<string, string>, from: string): string {
  const probe = new Probe(ir);
  const lines = [
    ...exported(files, from),
    `import type { CallOptions, DocumentType, EventStream, StreamingBody, StreamingInput, WaiterOptions } from "@clientsmith/runtime/codegen/v1";`,
    ...operationImports(ir, from),
    "declare const $v: { string: string; number: number; boolean: boolean; Date: Date; Uint8Array: Uint8Array; bigint: bigint; document: DocumentType; stream: StreamingInput };",
    "declare const $options: CallOptions & WaiterOptions;",
    `declare const $client: api.${ir.names.client};`,
    `declare const $object: api.${ir.names.service};`,
    ...ir.endpointOptions.map(({ name, type, values }) => {
      const value = values ? JSON.stringify(values[0]) : type === "stringArray" ? "[$v.string]" : `$v.${type}`;
      return `new api.${ir.names.client}({ ${JSON.stringify(name)}: ${value} });`;
    }),
    ...(ir.authOptions.some(({ names }) => names.includes("token"))
      ? [`new api.${ir.names.client}({ token: { token: $v.string } });`]
      : []),
    ...ir.operations.flatMap((operation, index) => probe.operation(operation, index)),
    ...[...ir.shapes.values()].flatMap((shape) => {
      if (shape.type === "structure") return probe.structure(shape);
      if (shape.type === "union") return probe.union(shape);
      const name = ir.names.shapes.get(shape.id) ?? "";
      return shape.values.flatMap((each) => {
        const constant = `api.${name}[${JSON.stringify(each.name)}]`;
        return [block(`const a: api.${name} = ${constant}; const b: ${JSON.stringify(each.value)} = ${constant};`)];
      });
    }),
  ];
  return `${lines.join("\n")}\n`;
}

/** Imports every export of the package's modules by its name. */
function exported(files: ReadonlyMap<string, string>, from: string): string[] {
  const names = new Map<string, "type" | "value">();
  for (const [path, text] of files) {
    if (!path.endsWith(".ts") || path.endsWith("/classic.ts")) continue;
    for (const [, kind = "", name = ""] of text.matchAll(/^export (const|function|class|interface|type) ([\w$]+)/gm)) {
      const isType = kind === "interface" || kind === "type";
      if (!isType || !names.has(name)) names.set(name, isType ? "type" : "value");
    }
  }
  const list = [...names].map(([name, kind]) => `${kind === "type" ? "type " : ""}${name} as $${name}_`);
  const types = [...names].flatMap(([name, kind]) => (kind === "type" ? `$${name}_` : []));
  const values = [...names].flatMap(([name, kind]) => (kind === "value" ? `$${name}_` : []));
  return [
    `import * as api from "${from}/index.js";`,
    `import { ${list.join(", ")} } from "${from}/index.js";`,
    `export type $Types = [${types.join(", ")}];`,
    `export const $values = [${values.join(", ")}];`,
  ];
}

function operationImports({ operations, names }: ServiceIr, from: string): string[] {
  return operations.map(
    ({ id }, index) => `import * as $${index} from "${from}/operations/${names.operations.get(id)?.function}.js";`,
  );
}

/** Names of one part of the program do not meet those of another. */
function block(text: string): string {
  return `{ ${text} }`;
}

class Probe {
  readonly #ir: ServiceIr;

  constructor(ir: ServiceIr) {
    this.#ir = ir;
  }

  operation(operation: OperationIr, index: number): string[] {
    const { names } = this.#ir;
    const own = names.operations.get(operation.id);
    const { input, output, pagination } = operation;
    const [least, full] = [false, true].map((isFull) => (input ? this.#literal(input, isFull, [], deepest) : "{}"));
    const call = `$${index}.${own?.function}`;
    const validator = input && names.validators.get(input.id);
    const lines = [
      `${call}($client, ${least});`,
      `${call}($client, ${full}, $options);`,
      `$object.${own?.function}(${least});`,
      ...(least === "{}" ? [`${call}($client);`] : []),
      ...(validator === undefined ? [] : [`api.${validator}($v.string);`]),
      ...(output ? [`const o = await ${call}($client, ${least}); ${this.#reads("o", output, [], 3).join(" ")}`] : []),
      ...operation.errors.flatMap((error) => this.#error(error, operation, index)),
      ...operation.waiters.map(
        ({ name }) => `${call.replace(/\..*/, "")}.${names.waiters.get(name)}($client, ${full}, $options);`,
      ),
    ];
    if (pagination) {
      const { items } = pagination;
      const type = items?.member.type;
      const element = type && ("member" in type ? this.#element(type.member, items.member.sparse) : undefined);
      const entry =
        type && ("value" in type ? `[string, ${this.#element(type.value, items.member.sparse)}]` : undefined);
      const item = element ?? entry;
      const pages = `$${index}.${own?.paginate}($client, ${least})`;
      lines.push(
        item === undefined
          ? `${pages};`
          : `for await (const item of ${pages}.items()) { const x: ${item} = item; void item!.toString; }`,
      );
    }
    return [`export async function $call${index}() {`, ...lines.map(block), "}"];
  }

  /** What is read of a structure, and what it takes, member by member. */
  structure(shape: StructureIr): string[] {
    const name = `api.${this.#ir.names.shapes.get(shape.id)}`;
    return shape.members
      .map((member) => {
        const { optional, type } = memberDeclaration(member, shape, this.#ir);
        const key = JSON.stringify(member.name);
        const shown = this.#qualified(type);
        const read = shape.inOutput ? `const x: ${shown}${optional ? " | undefined" : ""} = s[${key}];` : "";
        const write = shape.inInput
          ? `s = { ...s, [${key}]: undefined! as ${shown} }; const y: { [K in ${key}]${optional ? "?" : ""}: ${shown} } = undefined!; const z: Pick<${name}, ${key}> = y;`
          : "";
        return `export function $s(s: ${name}) { ${read} ${write} }`;
      })
      .map((text, index) => text.replace("$s(", `$s_${this.#ir.names.shapes.get(shape.id)}_${index}(`));
  }

  union(shape: UnionIr): string[] {
    const name = this.#ir.names.shapes.get(shape.id);
    const unknown = `export function $u_${name}(u: api.${name}) { const x: [string, unknown] | undefined = u.$unknown; }`;
    const members = shape.members.map((member, index) => {
      const key = JSON.stringify(member.name);
      const type = this.#qualified(typeText(member, directionOf(shape), this.#ir));
      const read = shape.inOutput ? `const x: ${type} | undefined = u[${key}];` : "";
      const write = shape.inInput ? `u = { [${key}]: undefined! as ${type} } as { ${key}: ${type} };` : "";
      return `export function $u_${name}_${index}(u: api.${name}) { ${read} ${write} }`;
    });
    return shape.inOutput ? [...members, unknown] : members;
  }

  #error(error: StructureIr, operation: OperationIr, index: number): string[] {
    const { names } = this.#ir;
    const name = names.errors.get(error.id);
    const failure = names.operations.get(operation.id)?.failure;
    const reads = error.members
      .filter((member) => member.name !== "message")
      .map((member) => {
        const { optional, type } = memberDeclaration(member, error, this.#ir);
        const key = errorFields.has(member.name) ? `$${member.name}` : member.name;
        return block(`const x: ${this.#qualified(type)}${optional ? " | undefined" : ""} = e[${JSON.stringify(key)}];`);
      });
    const wire = JSON.stringify(error.name);
    return [
      `const e: unknown = $v; if (e instanceof $${index}.${name}) { const n: ${wire} = e.name; ${reads.join(" ")} }`,
      `void ((e: api.${failure}) => { if (e.name === ${wire}) { const n: ${wire} = e.name; } });`,
    ];
  }

  /** Reads through an output, each structure once a way. */
  #reads(path: string, shape: StructureIr | UnionIr, above: readonly string[], depth: number): string[] {
    if (above.includes(shape.id) || depth === 0) return [];
    return shape.members.flatMap((member) => {
      const own = `${path}[${JSON.stringify(member.name)}]`;
      const inner = this.#inside(`${own}!`, member);
      const target = inner && this.#ir.shapes.get(inner.shape);
      if (!inner || !target || !("members" in target)) return [`void ${own};`];
      return this.#reads(inner.path, target, [...above, shape.id], depth - 1);
    });
  }

  #inside(
    path: string,
    { type, eventStream }: MemberIr,
  ): { readonly path: string; readonly shape: string } | undefined {
    // Events are read by iteration.
    if (eventStream) return undefined;
    if ("shape" in type)
      return type.type === "structure" || type.type === "union" ? { path, shape: type.shape } : undefined;
    if ("member" in type) return this.#inside(`${path}[0]!`, type.member);
    return "value" in type ? this.#inside(`${path}["k"]!`, type.value) : undefined;
  }

  #literal(shape: StructureIr | UnionIr, isFull: boolean, above: readonly string[], depth: number): string {
    const within = [...above, shape.id];
    const members = shape.type === "union" ? shape.members.slice(0, 1) : shape.members;
    const entries = members.flatMap((member) => {
      // To the compiler, a literal has what every object has.
      const isNeeded =
        shape.type === "union" ||
        member.name in Object.prototype ||
        !memberDeclaration(member, shape, this.#ir).optional;
      if (!isNeeded && (!isFull || depth === 0 || this.#leadsTo(member, within))) return [];
      return `[${JSON.stringify(member.name)}]: ${this.#value(member, isFull, within, depth - 1)}`;
    });
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }

  #leadsTo({ type }: MemberIr, above: readonly string[]): boolean {
    if ("shape" in type) return above.includes(type.shape);
    if ("member" in type) return this.#leadsTo(type.member, above);
    return "value" in type && this.#leadsTo(type.value, above);
  }

  #value(member: MemberIr, isFull: boolean, above: readonly string[], depth: number): string {
    const { type } = member;
    if (member.streaming) return "$v.stream";
    if (member.eventStream) return "(async function* () {})()";
    if ("member" in type)
      return this.#ends(type.member, above) ? "[]" : `[${this.#value(type.member, isFull, above, depth)}]`;
    if ("value" in type)
      return this.#ends(type.value, above) ? "{}" : `{ k: ${this.#value(type.value, isFull, above, depth)} }`;
    if ("shape" in type) {
      const shape = this.#ir.shapes.get(type.shape);
      if (shape && "members" in shape) return this.#literal(shape, isFull, above, depth);
      const [first] = shape?.values ?? [];
      return first
        ? `api.${this.#ir.names.shapes.get(type.shape)}[${JSON.stringify(first.name)}]`
        : type.type === "enum"
          ? "$v.string"
          : "$v.number";
    }
    const name = {
      blob: "Uint8Array",
      boolean: "boolean",
      string: "string",
      bigDecimal: "string",
      timestamp: "Date",
      bigInteger: "bigint",
      document: "document",
    }[type.type as string];
    return `$v.${name ?? "number"}`;
  }

  #ends({ type }: MemberIr, above: readonly string[]): boolean {
    return "shape" in type && above.includes(type.shape);
  }

  #element(member: MemberIr, isSparse: boolean): string {
    return `${this.#qualified(typeText(member, "output", this.#ir))}${isSparse ? " | null" : ""}`;
  }

  /** A type's text with the names of the client's shapes found in the client. */
  #qualified(text: string): string {
    const own = new Set(this.#ir.names.shapes.values());
    return text.replaceAll(/[A-Za-z_$][\w$]*/g, (name) => (own.has(name) ? `api.${name}` : name));
  }
}
