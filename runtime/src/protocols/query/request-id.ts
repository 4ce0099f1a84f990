import type { HttpResponse } from "../../transport/types.js";
import { parseXmlBody } from "../xml/body.js";
import { childOf, type XmlElement } from "../xml/element.js";

/** Of awsQuery, of outputs of ec2Query, and of its errors. */
const spellings: ReadonlySet<string> = new Set(["RequestId", "requestId", "RequestID"]);

/** The id of the request, where a body of the query protocols holds it: in the root, or beside an output of awsQuery. */
export function requestIdIn(response: HttpResponse): string | undefined {
  const root = rootOf(response);
  const holder = root && (childOf(root, "ResponseMetadata") ?? root);
  return holder?.children.find(({ name }) => spellings.has(name))?.text.trim() || undefined;
}

/** What is not XML (a proxy's page, nothing at all) has no id; that it is none, its reader says. */
function rootOf(response: HttpResponse): XmlElement | undefined {
  try {
    return parseXmlBody(response);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
