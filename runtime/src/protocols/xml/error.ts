import type { ServiceErrorClass, ProtocolError } from "../../schema/service.js";
import type { StructureShape } from "../../schema/shapes.js";
import type { HttpResponse } from "../../transport/types.js";
import { nameError } from "../error-name.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { parseXmlBody, childOf, type XmlElement } from "./parse.js";
import type { XmlReader } from "./read.js";

/**
 * An error is named by `Code` in its element, which is the root itself (restXml with `noErrorWrapping`), stands in the
 * root (`ErrorResponse` of restXml and awsQuery), or in a list there (ec2Query). Services answer in another of these
 * forms than their model says when something before them answers, so the document tells, not the model.
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
  const root = rootOf(response);
  const element = root && errorElement(root);
  // Route 53 sends one of its errors as the root, without a code in it.
  const type = element ? textOf(element, "Code") : root?.name;
  const { code, shape } = nameError(response, type, errors);
  if (!root || (!element && !shape)) return { code: element && code, message: undefined, members: {} };
  const source = element ?? root;
  const message = textOf(source, "Message") ?? textOf(source, "message");
  return { code, message, members: shape ? readMembers(shape, source, reader) : {} };
}

/** An error whose body is not XML (a proxy's page, nothing at all) is still an error: it just names nothing. */
function rootOf(response: HttpResponse): XmlElement | undefined {
  try {
    return parseXmlBody(response);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function errorElement(root: XmlElement): XmlElement | undefined {
  return root.name === "Error" ? root : childOf(childOf(root, "Errors") ?? root, "Error");
}

function textOf(element: XmlElement, name: string): string | undefined {
  return childOf(element, name)?.text.trim() || undefined;
}

/** Members that are not as modelled are left out all together: the error itself is worth more than they are. */
function readMembers(shape: StructureShape, element: XmlElement, reader: XmlReader): ProtocolError["members"] {
  try {
    return reader.readOf(shape)(element) as ProtocolError["members"];
  } catch (error) {
    if (error instanceof ResponseMismatch) return {};
    throw error;
  }
}
