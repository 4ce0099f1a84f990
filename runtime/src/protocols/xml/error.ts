import type { ServiceErrorClass, ProtocolError } from "../../schema/service.js";
import type { HttpResponse } from "../../schema/http.js";
import { nameError } from "../error-name.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { localName, type XmlCursor } from "./cursor.js";
import { enterChild, openXml } from "./document.js";
import type { XmlReader } from "./read.js";

/**
 * The error's name is `Code` in its element. That element is the root itself (restXml with `noErrorWrapping`), is in
 * the root (`ErrorResponse` of restXml and awsQuery), or is in a list there (ec2Query). If an intermediary responds,
 * the form may differ from the model's, so the document decides, not the model. A body that is not XML names no error.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html#operation-error-serialization
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#operation-error-serialization
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#operation-error-serialization
 */
export function readXmlError(
  response: HttpResponse,
  errors: readonly ServiceErrorClass[],
  reader: XmlReader,
): ProtocolError {
  try {
    const xml = openXml(response);
    return xml ? readError(xml, response, errors, reader) : nameless;
  } catch (error) {
    if (error instanceof SyntaxError) return nameless;
    throw error;
  }
}

const nameless: ProtocolError = { code: undefined, message: undefined, members: {} };

function readError(
  xml: XmlCursor,
  response: HttpResponse,
  errors: readonly ServiceErrorClass[],
  reader: XmlReader,
): ProtocolError {
  const isWrapped = enterError(xml);
  const texts = textsIn(xml);
  xml.end();
  // Route 53 sends one of its errors as the root, without a code in it.
  const { code, shape } = nameError(response, isWrapped ? texts.get("Code") : localName(xml.root()), errors);
  if (!isWrapped && !shape) return nameless;
  const message = texts.get("Message") ?? texts.get("message");
  const others = Object.fromEntries(texts);
  if (!shape) return { code, message, members: {}, others };
  enterError(xml);
  try {
    return { code, message, members: reader.readOf(shape)(xml) as ProtocolError["members"], others };
  } catch (error) {
    // Members that do not match the model are all left out: the error itself is more important.
    if (error instanceof ResponseMismatch) return { code, message, members: {}, others };
    throw error;
  }
}

/** Enters the element of an error. False if there is none; then the root stays entered. */
function enterError(xml: XmlCursor): boolean {
  if (localName(xml.root()) === "Error" || enterChild(xml, ["Error"], "Errors")) return true;
  xml.root();
  return false;
}

/** The first text of each name in the entered element. */
function textsIn(xml: XmlCursor): Map<string, string> {
  const texts = new Map<string, string>();
  for (let name = xml.next(); name !== undefined; name = xml.next()) {
    const text = xml.text().trim();
    if (text !== "" && !texts.has(localName(name))) texts.set(localName(name), text);
  }
  return texts;
}
