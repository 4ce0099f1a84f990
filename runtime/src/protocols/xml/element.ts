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
