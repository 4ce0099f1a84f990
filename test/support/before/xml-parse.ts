/** The reader of XML before the one that the runtime has now, by another parser: what readers are compared with. */
import { SaxesParser } from "saxes";

/** Elements inside each other that a document may have: far more than any model, far less than the stack. */
const maxDepth = 500;

/**
 * References to control characters, which XML 1.0 cannot say and 1.1 can. S3 sends them, for keys that hold such
 * characters, in documents of 1.0.
 */
const controlReference = /&#(?:x0*(?:[1-8bcef]|1[0-9a-f])|0*(?:[1-8]|1[124-9]|2[0-9]|3[01]));/i;

const anyVersion = { xmlns: false, position: false } as const;
const version11 = { ...anyVersion, defaultXMLVersion: "1.1", forceXMLVersion: true } as const;

/** An element that is still open. */
interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/**
 * The root element of a document. A document type declaration is skipped: its entities are not known, and nothing is
 * loaded. White space before the XML declaration, which services send to keep a connection alive, is left out.
 *
 * @throws SyntaxError for what is not well-formed XML, or deeper than {@link maxDepth}
 * @see https://www.w3.org/TR/xml/
 */
export function parseXml(text: string): XmlElement {
  const hasControls = text.includes("&#") && controlReference.test(text);
  const parser = new SaxesParser(hasControls ? version11 : anyVersion);
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;

  parser.on("opentag", ({ name, attributes }) => {
    const element: OpenElement = { name: localName(name), attributes, children: [], text: "" };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    if (open.push(element) > maxDepth) throw new Error("too deep");
  });
  parser.on("closetag", () => void open.pop());
  const append = (characters: string): void => {
    const element = open.at(-1);
    if (element) element.text += characters;
  };
  parser.on("text", append);
  parser.on("cdata", append);

  try {
    parser.write(text.trimStart()).close();
  } catch (cause) {
    // Whatever stops the parser, it is the text: nothing else goes in.
    throw new SyntaxError("The text is not XML", { cause });
  }
  // A parser that has ended without complaint has seen a root.
  if (!root) throw new SyntaxError("The text has no element");
  return root;
}

/** An element of an XML document. Namespaces are not looked at: the models' names tell elements apart. */
export interface XmlElement {
  /** Local name: `Owner` of `<s3:Owner>`. */
  readonly name: string;
  /** By their names as written, prefix included; an object without a prototype. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The element's own characters, without those of its children. */
  readonly text: string;
}

/** What follows the prefix of a name: `Owner` of `s3:Owner`. */
export function localName(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}

/** The first child of a name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}
