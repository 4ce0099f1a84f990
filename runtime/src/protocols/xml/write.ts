import { oncePer, describeType, getOwn, isBytes, isObject } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StructureShape,
  targetOf,
  type UnionShape,
  type XmlNamespace,
} from "../../schema/shapes.js";
import { encodeBase64 } from "../../text/bytes.js";
import { writeText } from "../http/write-headers.js";
import { escapeAttribute, escapeText } from "./escape.js";

/** The root element of a document. */
export interface XmlRoot {
  readonly name: string;
  readonly namespace?: XmlNamespace | undefined;
}

/** Writes the element or elements of one member. */
type Write = (value: unknown) => string;

/** The attributes in a structure's start tag, and the content of its element. */
interface Inside {
  readonly attributes: string;
  readonly content: string;
}

/**
 * Writers of XML for restXml, each created on first use. Members that are not in the model and null items are not
 * written.
 *
 * @see https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings
 */
export class XmlWriter {
  readonly #insideOf = oncePer((shape: StructureShape | UnionShape) => this.#structure(shape));

  /**
   * Writes a document with a structure or union as its root.
   *
   * @throws TypeError, RangeError for a value that XML cannot represent; validation rejects most of them
   */
  write(shape: StructureShape | UnionShape, value: object, root: XmlRoot): string {
    const { attributes, content } = this.#insideOf(shape)(value);
    return `<?xml version="1.0" encoding="UTF-8"?><${startOf(root)}${attributes}>${content}</${root.name}>`;
  }

  #structure(shape: StructureShape | UnionShape): (value: unknown) => Inside {
    const members = Object.entries(shape.members);
    const attributes = members
      .filter(([, member]) => member.xmlAttribute)
      .map(([name, member]) => ({ name, write: writeAttribute(member.xmlName ?? name, member) }));
    const elements = members
      .filter(([, member]) => !member.xmlAttribute)
      .map(([name, member]) => ({ name, write: this.#elements(member.xmlName ?? name, member) }));
    return (value) => {
      if (!isObject(value)) throw new TypeError(`${shape.name} should be an object, but is ${describeType(value)}`);
      const join = (parts: typeof elements): string =>
        parts.reduce((text, { name, write }) => {
          const item = getOwn(value, name);
          return item === undefined || item === null ? text : text + write(item);
        }, "");
      return { attributes: join(attributes), content: join(elements) };
    };
  }

  /** One element for a member, or one for each item of a flattened collection. */
  #elements(name: string, member: Member): Write {
    if (member.xmlFlattened && "type" in member) {
      if (member.type === "list") return this.#items(name, member.xmlNamespace ?? member.member.xmlNamespace, member);
      if (member.type === "map") return this.#entries(name, member.xmlNamespace, member);
    }
    return this.#element(name, member.xmlNamespace, member);
  }

  #element(name: string, namespace: XmlNamespace | undefined, member: Member): Write {
    const start = `<${startOf({ name, namespace })}`;
    const end = `</${name}>`;
    if ("target" in member) {
      return (value) => {
        const { attributes, content } = this.#insideOf(targetOf(member))(value);
        return `${start}${attributes}>${content}${end}`;
      };
    }
    const write = this.#content(member);
    return (value) => `${start}>${write(value)}${end}`;
  }

  #content(member: Exclude<Member, { readonly target: unknown }>): Write {
    switch (member.type) {
      case "list":
        return this.#items(member.member.xmlName ?? "member", member.member.xmlNamespace, member);
      case "map":
        return this.#entries("entry", undefined, member);
      default:
        return (value) => escapeText(simpleText(member, value));
    }
  }

  #items(name: string, namespace: XmlNamespace | undefined, list: ListMember): Write {
    const write = this.#element(name, namespace, list.member);
    return (value) => {
      if (!Array.isArray(value)) throw new TypeError(`${name} should be an array, but is ${describeType(value)}`);
      return value.map((item: unknown) => (item === undefined || item === null ? "" : write(item))).join("");
    };
  }

  #entries(name: string, namespace: XmlNamespace | undefined, { key, value: item }: MapMember): Write {
    const start = `<${startOf({ name, namespace })}>`;
    const writeKey = this.#element(key.xmlName ?? "key", key.xmlNamespace, key);
    const writeItem = this.#element(item.xmlName ?? "value", item.xmlNamespace, item);
    return (value) => {
      if (!isObject(value)) throw new TypeError(`${name} should be an object, but is ${describeType(value)}`);
      return Object.entries(value)
        .map(([entryKey, entry]) =>
          entry === undefined || entry === null ? "" : `${start}${writeKey(entryKey)}${writeItem(entry)}</${name}>`,
        )
        .join("");
    };
  }
}

/** A name with its namespace declaration. */
function startOf({ name, namespace }: XmlRoot): string {
  if (!namespace) return name;
  const { prefix, uri } = namespace;
  return `${name} ${prefix === undefined ? "xmlns" : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`;
}

function writeAttribute(name: string, member: Member): Write {
  return (value) => ` ${name}="${escapeAttribute(simpleText(member, value))}"`;
}

function simpleText(member: Member, value: unknown): string {
  return isBytes(value) ? encodeBase64(value) : writeText(member, value, "date-time");
}
