import { oncePer, getOwn, setOwn } from "#runtime/schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type SimpleMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "#runtime/schema/shapes.js";
import { decodeBase64 } from "#runtime/text/bytes.js";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import { readText } from "#runtime/protocols/read-text.js";
import { childOf, localName, type XmlElement } from "./xml-parse.js";

/** Turns an element into a value; undefined where it holds none: an empty element is no number and no date. */
type Read = (element: XmlElement) => unknown;

type Values = Record<string, unknown>;

/** Sets a member from one element of its name, or adds to it what one such element of several holds. */
type Place = (values: Values, element: XmlElement) => void;

/**
 * Readers of XML as restXml, awsQuery and ec2Query have it, each made at its first use. Elements and attributes that
 * the model does not know are left out; prefixes of names do not count.
 *
 * @see https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings
 */
export class XmlReader {
  /** Reads the element that a structure or union is, whatever the element's own name. */
  readonly readOf = oncePer((shape: StructureShape | UnionShape): Read =>
    shape.type === "union" ? this.#union(shape) : this.#structure(shape),
  );

  #structure(shape: StructureShape): Read {
    const members = Object.entries(shape.members);
    const attributes = members.filter(([, member]) => member.xmlAttribute).map((entry) => attribute(shape, ...entry));
    const elements = this.#places(shape);
    return (element) => {
      const values: Values = {};
      for (const place of attributes) place(values, element);
      for (const child of element.children) elements.get(child.name)?.(values, child);
      return values;
    };
  }

  #union(shape: UnionShape): Read {
    const elements = this.#places(shape);
    return (element) => {
      const values: Values = {};
      const names = new Set(element.children.map(({ name }) => name));
      if (names.size > 1) {
        throw new ResponseMismatch(shape.name, `one of its members, not ${[...names].join(" and ")}`, values);
      }
      for (const child of element.children) {
        const place = elements.get(child.name);
        if (place) place(values, child);
        else values["$unknown"] = [child.name, child.children.length > 0 ? child : child.text];
      }
      return values;
    };
  }

  /** By the names of the elements. */
  #places(shape: StructureShape | UnionShape): Map<string, Place> {
    return new Map(
      Object.entries(shape.members)
        .filter(([, member]) => !member.xmlAttribute)
        .map(([name, member]) => [
          localName(member.xmlName ?? name),
          this.#place(name, member, `${shape.name}.${name}`),
        ]),
    );
  }

  #place(name: string, member: Member, what: string): Place {
    if (member.xmlFlattened && "type" in member) {
      if (member.type === "list") {
        const add = this.#item(member, what);
        return (values, element) => add(collection(values, name, newArray), element);
      }
      if (member.type === "map") {
        const add = this.#entry(member, what);
        return (values, element) => add(collection(values, name, newObject), element);
      }
    }
    const read = this.#member(member, what);
    return (values, element) => {
      const value = read(element);
      if (value !== undefined) setOwn(values, name, value);
    };
  }

  #member(member: Member, what: string): Read {
    if ("target" in member) {
      let read: Read | undefined;
      return (element) => (read ??= this.readOf(targetOf(member)))(element);
    }
    if (member.type === "list") return this.#list(member, what);
    if (member.type === "map") return this.#map(member, what);
    return ({ text }) => readSimple(member, text, what);
  }

  #list(list: ListMember, what: string): Read {
    const itemName = localName(list.member.xmlName ?? "member");
    const add = this.#item(list, what);
    return (element) => {
      const items: unknown[] = [];
      for (const child of element.children) if (child.name === itemName) add(items, child);
      return items;
    };
  }

  #item(list: ListMember, what: string): (items: unknown[], element: XmlElement) => void {
    const read = this.#member(list.member, `an item of ${what}`);
    return (items, element) => {
      const item = read(element);
      if (item !== undefined) items.push(item);
    };
  }

  #map(map: MapMember, what: string): Read {
    const add = this.#entry(map, what);
    return (element) => {
      const values: Values = {};
      for (const child of element.children) if (child.name === "entry") add(values, child);
      return values;
    };
  }

  #entry({ key, value }: MapMember, what: string): Place {
    const keyName = localName(key.xmlName ?? "key");
    const valueName = localName(value.xmlName ?? "value");
    const read = this.#member(value, `a value of ${what}`);
    return (values, element) => {
      const keyElement = childOf(element, keyName);
      const valueElement = childOf(element, valueName);
      if (!keyElement || !valueElement) return;
      const item = read(valueElement);
      if (item !== undefined) setOwn(values, keyElement.text, item);
    };
  }
}

function attribute(shape: StructureShape, name: string, member: Member): Place {
  const wireName = member.xmlName ?? name;
  const local = localName(wireName);
  return (values, { attributes }) => {
    const found = wireName in attributes ? wireName : Object.keys(attributes).find((each) => localName(each) === local);
    const text = found === undefined ? undefined : attributes[found];
    if (text === undefined || !("type" in member) || member.type === "list" || member.type === "map") return;
    const value = readSimple(member, text, `${shape.name}.${name}`);
    if (value !== undefined) setOwn(values, name, value);
  };
}

function readSimple(member: SimpleMember, text: string, what: string): unknown {
  return member.type === "blob" ? decodeBase64(text) : readText(member, text, "date-time", what);
}

const newArray = (): unknown[] => [];
const newObject = (): Values => ({});

/** The collection that a member is, made for its first item. */
function collection<Collection>(values: Values, name: string, make: () => Collection): Collection {
  const found = getOwn(values, name) as Collection | undefined;
  if (found !== undefined) return found;
  const made = make();
  setOwn(values, name, made);
  return made;
}
