import { ResponseMismatch } from "../../errors/mismatch.js";
import { oncePer } from "../../schema/values.js";
import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../schema/http.js";
import { codesOfBytes } from "./codes.js";
import { localName, XmlCursor } from "./cursor.js";
import type { ElementSlots } from "./read.js";

/** Opened once for all readers: error detection, request ID, content. */
const documentOf = oncePer((response: HttpResponse): XmlCursor => {
  const text = decodeUtf8(response.body);
  const xml = new XmlCursor(text, codesOfBytes(response.body, text));
  if (localName(xml.root()).toLowerCase() === "html") throw new SyntaxError("The document is a page of HTML");
  return xml;
});

/**
 * Opens the document in a body; undefined if the body is empty.
 *
 * @throws SyntaxError for invalid XML, and for an HTML page, which can be well-formed but is never a service's response
 */
export function openXml(response: HttpResponse): XmlCursor | undefined {
  return response.body.byteLength === 0 ? undefined : documentOf(response);
}

/** As {@link openXml}, but undefined if the body is not XML (a proxy's page, an empty body). */
export function openIfXml(response: HttpResponse): XmlCursor | undefined {
  try {
    return openXml(response);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Reads a document. If its root is not the modelled one, it must contain a member.
 *
 * @param slots of the members
 * @param read reads the entered root
 * @throws SyntaxError for invalid XML, up to its end
 * @throws ResponseMismatch for another document
 */
export function readDocument(
  xml: XmlCursor,
  stated: string | undefined,
  slots: ElementSlots,
  read: (xml: XmlCursor, root: string) => unknown,
): object {
  const root = localName(xml.root());
  const output = read(xml, root) as object;
  xml.end();
  if (stated !== undefined && root !== localName(stated) && Object.keys(output).length === 0) {
    xml.root();
    if (!enterChild(xml, [...slots.byName.keys()]))
      throw new ResponseMismatch(`<${stated}>`, "the root element", undefined);
  }
  return output;
}

/** Whether the root is that of an error, which is independent of the status. */
export function isErrorDocument(response: HttpResponse): boolean {
  const root = localName(openIfXml(response)?.root() ?? "");
  return root === "Error" || root === "ErrorResponse";
}

/**
 * Enters the first element with one of the names in the entered element, or in its child `holder`. False if there is
 * none.
 */
export function enterChild(xml: XmlCursor, names: readonly string[], holder?: string): boolean {
  for (let name = xml.next(); name !== undefined; name = xml.next()) {
    const local = localName(name);
    if (names.includes(local)) return true;
    if (local !== holder) xml.skip();
  }
  return false;
}
