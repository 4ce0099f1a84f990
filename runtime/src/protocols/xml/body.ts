import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../transport/types.js";
import type { XmlElement } from "./element.js";
import { parseXml } from "./parse.js";

/**
 * The root element of a body; undefined where the body is empty.
 *
 * @throws SyntaxError for what is not XML, and for a page of HTML, which can be well-formed but never is an answer
 */
export function parseXmlBody(response: HttpResponse): XmlElement | undefined {
  if (response.body.byteLength === 0) return undefined;
  const root = parseXml(decodeUtf8(response.body));
  if (root.name.toLowerCase() === "html") throw new SyntaxError("The document is a page of HTML");
  return root;
}
