import type { FormDialect } from "../../../protocols/query/write.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../../schema/shapes.js";
import { setOwn } from "../../../schema/values.js";
import type { QueryValues } from "../http/query.js";
import { unreadable } from "../read/reject.js";
import { readText } from "../read/simple.js";

/** Max number of parts of a key: two for each of 500 nested values, as in lists. */
const maxDepth = 1_000;

/** A form as a tree: keys are split at their dots. */
class FormNode {
  text: string | undefined;
  readonly children = new Map<string, FormNode>();

  /** Children with numbers as keys, in their order. */
  get items(): FormNode[] {
    return [...this.children]
      .filter(([key]) => /^\d+$/.test(key))
      .toSorted(([left], [right]) => Number(left) - Number(right))
      .map(([, node]) => node);
  }
}

/** @throws RejectionError for a key with too many parts */
function add(root: FormNode, key: string, text: string): void {
  // One more than the limit is enough to see that it is exceeded.
  const parts = key.split(".", maxDepth + 1);
  if (parts.length > maxDepth) throw unreadable(`A key of the form has more than ${maxDepth} parts`);
  let node = root;
  for (const part of parts) {
    let child = node.children.get(part);
    if (!child) node.children.set(part, (child = new FormNode()));
    node = child;
  }
  node.text = text;
}

/**
 * Reads the form of a query protocol.
 *
 * @throws ResponseMismatch for an invalid simple value
 * @throws RejectionError for a key that is too long
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#x-www-form-urlencoded-shape-serialization
 */
export class FormReader {
  readonly #dialect: FormDialect;

  constructor(dialect: FormDialect) {
    this.#dialect = dialect;
  }

  read(shape: StructureShape, form: QueryValues): object {
    const root = new FormNode();
    for (const [key, [text = ""]] of form) add(root, key, text);
    return this.#shape(shape, root);
  }

  #shape(shape: StructureShape | UnionShape, node: FormNode): object {
    const values: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(shape.members)) {
      const child = descend(node, this.#dialect.segment(name, member));
      const value = child && this.#member(member, child, `${shape.name}.${name}`);
      if (value !== undefined) setOwn(values, name, value);
    }
    return values;
  }

  #member(member: Member, node: FormNode, what: string): unknown {
    if ("target" in member) return this.#shape(targetOf(member), node);
    if (member.type === "list") return this.#list(member, node, what);
    if (member.type === "map") return this.#map(member, node, what);
    return node.text === undefined ? undefined : readText(member, node.text, "date-time", what);
  }

  #list(list: ListMember, node: FormNode, what: string): unknown[] {
    const isFlat = this.#dialect.flatLists || list.xmlFlattened === true;
    const holder = isFlat ? node : descend(node, list.member.xmlName ?? "member");
    return (holder?.items ?? []).map((item) => this.#member(list.member, item, `an item of ${what}`));
  }

  #map(map: MapMember, node: FormNode, what: string): object {
    const holder = map.xmlFlattened ? node : node.children.get("entry");
    const values: Record<string, unknown> = {};
    for (const entry of holder?.items ?? []) {
      const key = entry.children.get(map.key.xmlName ?? "key")?.text;
      const value = entry.children.get(map.value.xmlName ?? "value");
      if (key !== undefined && value) setOwn(values, key, this.#member(map.value, value, `a value of ${what}`));
    }
    return values;
  }
}

/** A key segment may contain dots itself. */
function descend(node: FormNode, segment: string): FormNode | undefined {
  let found: FormNode | undefined = node;
  for (const part of segment.split(".")) found = found?.children.get(part);
  return found;
}
