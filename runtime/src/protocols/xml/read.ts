import { getterOf, oncePer, setOwn } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type SimpleMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../schema/shapes.js";
import { decodeBase64 } from "../../text/bytes.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { readText } from "../read-text.js";
import { type Codes, codesOf } from "./codes.js";
import { localName, type XmlCursor } from "./cursor.js";
import { usualNumberOf, usualTime } from "./usual.js";

/** Reads and leaves the entered element; undefined if it has no value, as an empty element for a number or date. */
type Read = (xml: XmlCursor) => unknown;

type Values = Record<string, unknown>;

/** Reads a simple value from its text. */
type ReadSimple = (member: SimpleMember, text: string, what: string) => unknown;

/** Sets a member from the entered element, or adds an item to it. */
type Put = (values: Values, xml: XmlCursor) => void;

/** How a child element is read. */
interface ElementSlot {
  readonly name: Codes;
  readonly put: Put;
  /**
   * The element that followed last time: the order is mostly the same, and elements are then entered without a lookup.
   */
  next: ElementSlot | undefined;
}

/** How the child elements are read, by their local names. */
export interface ElementSlots {
  readonly byName: ReadonlyMap<string, ElementSlot>;
  /** Before the first child, whose slot is its `next`. */
  readonly start: ElementSlot;
}

export function slotsFor(puts: Iterable<readonly [name: string, put: Put]>): ElementSlots {
  const slotOf = (name: string, put: Put): ElementSlot => ({ name: codesOf(name), put, next: undefined });
  return {
    byName: new Map(Array.from(puts, ([name, put]) => [name, slotOf(name, put)])),
    start: slotOf("", () => {}),
  };
}

/** Reads the children of the entered element; unknown ones are skipped. */
export function readInto(values: Values, { byName, start }: ElementSlots, xml: XmlCursor): Values {
  let last: ElementSlot | undefined = start;
  for (;;) {
    let slot: ElementSlot | undefined = last?.next;
    if (!slot || !xml.enter(slot.name)) {
      const name = xml.next();
      if (name === undefined) return values;
      slot = byName.get(name) ?? byName.get(localName(name));
      if (last) last.next = slot;
    }
    if (slot) slot.put(values, xml);
    else xml.skip();
    last = slot;
  }
}

/**
 * Readers of XML for restXml, awsQuery and ec2Query, each created on first use: from the text directly to members, in
 * one pass. Elements and attributes that are not in the model are skipped; prefixes are ignored.
 *
 * @see https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings
 */
export class XmlReader {
  readonly #simple: ReadSimple;

  /** @param simple reads the text of a simple value; default: as in responses */
  constructor(simple: ReadSimple = readSimple) {
    this.#simple = simple;
  }

  /** Reads the element of a structure or union, whatever the element's name. */
  readonly readOf = oncePer((shape: StructureShape | UnionShape): Read =>
    shape.type === "union" ? this.#union(shape) : this.#structure(shape),
  );

  /** The child elements of a structure or union. */
  readonly slotsOf = oncePer((shape: StructureShape | UnionShape): ElementSlots => {
    const members = Object.entries(shape.members).filter(([, member]) => !member.xmlAttribute);
    return slotsFor(
      members.map(([name, member]) => [
        localName(member.xmlName ?? name),
        this.#put(name, member, `${shape.name}.${name}`),
      ]),
    );
  });

  #structure(shape: StructureShape): Read {
    const members = Object.entries(shape.members);
    const attributes = members
      .filter(([, member]) => member.xmlAttribute)
      .map((entry) => attribute(shape, ...entry, this.#simple));
    const slots = this.slotsOf(shape);
    if (attributes.length === 0) return (xml) => readInto({}, slots, xml);
    return (xml) => {
      const values: Values = {};
      for (const put of attributes) put(values, xml);
      return readInto(values, slots, xml);
    };
  }

  #union(shape: UnionShape): Read {
    const slots = this.slotsOf(shape);
    return (xml) => {
      const values: Values = {};
      let set: string | undefined;
      for (let each = xml.next(); each !== undefined; each = xml.next()) {
        const name = localName(each);
        set ??= name;
        if (set !== name) throw new ResponseMismatch(shape.name, `one of its members, not ${set} and ${name}`, values);
        const slot = slots.byName.get(name);
        if (slot) slot.put(values, xml);
        else values["$unknown"] = [name, xml.content()];
      }
      return values;
    };
  }

  #put(name: string, member: Member, what: string): Put {
    if (member.xmlFlattened && "type" in member) {
      const get = getterOf(name);
      if (member.type === "list") {
        const add = this.#item(member, what);
        return (values, xml) => add((get(values, name) ?? created(values, name, [])) as unknown[], xml);
      }
      if (member.type === "map") {
        const add = this.#entry(member, what);
        return (values, xml) => add((get(values, name) ?? created(values, name, {})) as Values, xml);
      }
    }
    const read = this.#member(member, what);
    return (values, xml) => {
      const value = read(xml);
      if (value !== undefined) setOwn(values, name, value);
    };
  }

  #member(member: Member, what: string): Read {
    if ("target" in member) {
      let read: Read | undefined;
      return (xml) => (read ??= this.readOf(targetOf(member)))(xml);
    }
    if (member.type === "list") return this.#list(member, what);
    if (member.type === "map") return this.#map(member, what);
    if (member.type === "string") return (xml) => xml.text();
    const read: Read = (xml) => this.#simple(member, xml.text(), what);
    if (member.type === "timestamp" && (member.timestampFormat ?? "date-time") === "date-time") {
      return (xml) => {
        const time = xml.usual(usualTime);
        return time === undefined ? read(xml) : new Date(time);
      };
    }
    const usual = usualNumberOf(member);
    return usual ? (xml) => xml.usual(usual) ?? read(xml) : read;
  }

  #list(list: ListMember, what: string): Read {
    const itemName = localName(list.member.xmlName ?? "member");
    const itemCodes = codesOf(itemName);
    const add = this.#item(list, what);
    return (xml) => {
      const items: unknown[] = [];
      for (;;) {
        while (xml.enter(itemCodes)) add(items, xml);
        const name = xml.next();
        if (name === undefined) return items;
        if (localName(name) === itemName) add(items, xml);
        else xml.skip();
      }
    };
  }

  #item(list: ListMember, what: string): (items: unknown[], xml: XmlCursor) => void {
    const read = this.#member(list.member, `an item of ${what}`);
    return (items, xml) => {
      const item = read(xml);
      if (item !== undefined) items.push(item);
    };
  }

  #map(map: MapMember, what: string): Read {
    const slots = slotsFor([["entry", this.#entry(map, what)]]);
    return (xml) => readInto({}, slots, xml);
  }

  #entry({ key, value }: MapMember, what: string): Put {
    const read = this.#member(value, `a value of ${what}`);
    // The first key and the first value of an entry are used.
    const firstOf =
      (name: string, readEach: Read): Put =>
      (entry, xml) => {
        if (name in entry) xml.skip();
        else entry[name] = readEach(xml);
      };
    const slots = slotsFor([
      [localName(key.xmlName ?? "key"), firstOf("key", (xml) => xml.text())],
      [localName(value.xmlName ?? "value"), firstOf("value", read)],
    ]);
    return (values, xml) => {
      const entry = readInto({}, slots, xml);
      if (entry["key"] !== undefined && entry["value"] !== undefined) {
        setOwn(values, entry["key"] as string, entry["value"]);
      }
    };
  }
}

function attribute(shape: StructureShape, name: string, member: Member, simple: ReadSimple): Put {
  const wireName = member.xmlName ?? name;
  const local = localName(wireName);
  return (values, { attributes }) => {
    const found = attributes.has(wireName)
      ? wireName
      : [...attributes.keys()].find((each) => localName(each) === local);
    const text = found === undefined ? undefined : attributes.get(found);
    if (text === undefined || !("type" in member) || member.type === "list" || member.type === "map") return;
    const value = simple(member, text, `${shape.name}.${name}`);
    if (value !== undefined) setOwn(values, name, value);
  };
}

function readSimple(member: SimpleMember, text: string, what: string): unknown {
  return member.type === "blob" ? decodeBase64(text) : readText(member, text, "date-time", what);
}

/** The collection of a member, for its first item. */
function created<Collection>(values: Values, name: string, collection: Collection): Collection {
  setOwn(values, name, collection);
  return collection;
}
