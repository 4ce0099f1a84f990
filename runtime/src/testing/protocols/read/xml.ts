import { openXml, readDocument } from "../../../protocols/xml/document.js";
import type { XmlReader } from "../../../protocols/xml/read.js";
import type { StructureShape, UnionShape } from "../../../schema/shapes.js";
import { readOrReject } from "./reject.js";

/** Reads the XML document of a request; an empty body is an empty structure. */
export function readXmlDocument(
  reader: XmlReader,
  shape: StructureShape | UnionShape,
  body: Uint8Array,
  root: string,
): object {
  return readOrReject("XML", () => {
    const xml = openXml({ status: 200, headers: {}, body });
    return xml ? readDocument(xml, root, reader.slotsOf(shape), reader.readOf(shape)) : {};
  });
}
