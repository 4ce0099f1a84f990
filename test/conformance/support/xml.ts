import { SaxesParser } from "saxes";

/** An element in a form that is equal for documents that mean the same. */
interface CanonicalElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (CanonicalElement | string)[];
}

/**
 * A document without what has no meaning: the order of attributes and of elements of different names, comments, how
 * characters are escaped, text between elements. Names and prefixes stand as they are written. Independent of the
 * runtime's own reading.
 */
export function canonicalXml(document: string): CanonicalElement | undefined {
  const parser = new SaxesParser({ xmlns: false });
  const open: CanonicalElement[] = [];
  let root: CanonicalElement | undefined;
  parser.on("opentag", ({ name, attributes }) => {
    const element: CanonicalElement = { name, attributes: { ...attributes }, children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("text", (characters) => void open.at(-1)?.children.push(characters));
  parser.on("cdata", (characters) => void open.at(-1)?.children.push(characters));
  parser.on("closetag", () => {
    const children = open.pop()?.children ?? [];
    const elements = children.filter((child): child is CanonicalElement => typeof child !== "string");
    const kept = elements.length > 0 ? elements.toSorted(byName) : [children.join("")].filter((text) => text !== "");
    children.splice(0, children.length, ...kept);
  });
  parser.write(document.trim()).close();
  return root;
}

function byName({ name: left }: CanonicalElement, { name: right }: CanonicalElement): number {
  return left < right ? -1 : Number(left > right);
}
