import { ResponseMismatch } from "../../errors/mismatch.js";
import { oncePer } from "../../schema/values.js";
import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../transport/types.js";
import { localName, XmlCursor } from "./cursor.js";
import type { Places } from "./read.js";

/** Opened once, however many ask: whether it is an error, which request it is of, what it holds. */
const documentOf = oncePer((response: HttpResponse): XmlCursor => {
  const xml = new XmlCursor(decodeUtf8(response.body));
  if (localName(xml.root()).toLowerCase() === "html") throw new SyntaxError("The document is a page of HTML");
  return xml;
});

/**
 * The document that a body is; undefined where the body is empty.
 *
 * @throws SyntaxError for what is not XML, and for a page of HTML, which can be well-formed but is no response of a service
 */
export function openXml(response: HttpResponse): XmlCursor | undefined {
  return response.body.byteLength === 0 ? undefined : documentOf(response);
}

/** As {@link openXml}, but what is not XML (a proxy's page, nothing at all) is undefined, too. */
export function openIfXml(response: HttpResponse): XmlCursor | undefined {
  try {
    return openXml(response);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * What a document holds. Where its root is not the one that the model states, there must be a member in it.
 *
 * @param places of the members
 * @param read reads the root, which was entered
 * @throws SyntaxError for what is not XML, up to its end
 * @throws ResponseMismatch for another document
 */
export function readDocument(
  xml: XmlCursor,
  stated: string | undefined,
  places: Places,
  read: (xml: XmlCursor, root: string) => unknown,
): object {
  const root = localName(xml.root());
  const output = read(xml, root) as object;
  xml.end();
  if (stated !== undefined && root !== localName(stated) && Object.keys(output).length === 0) {
    xml.root();
    if (!enterChild(xml, [...places.keys()])) throw new ResponseMismatch(`<${stated}>`, "the root element", undefined);
  }
  return output;
}

/** Whether the root is that of an error, which is one whatever the status says. */
export function isErrorDocument(response: HttpResponse): boolean {
  const root = localName(openIfXml(response)?.root() ?? "");
  return root === "Error" || root === "ErrorResponse";
}

/** Enters the first element of one of the names in the one that was entered, or in its child `holder`. False where there is none. */
export function enterChild(xml: XmlCursor, names: readonly string[], holder?: string): boolean {
  for (let name = xml.next(); name !== undefined; name = xml.next()) {
    const local = localName(name);
    if (names.includes(local)) return true;
    if (local !== holder) xml.skip();
  }
  return false;
}
