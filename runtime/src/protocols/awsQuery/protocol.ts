import type { LoadedProtocol } from "../protocol.js";
import { ResponseMismatch } from "../mismatch.js";
import { QueryProtocol } from "../query/protocol.js";
import { childOf } from "../xml/element.js";
import { awsQueryForm } from "./form.js";

/**
 * awsQuery: the output stands in an element of its own, beside what there is to say of the response.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const awsQuery: LoadedProtocol = /* @__PURE__ */ new QueryProtocol({
  id: "aws.protocols#awsQuery",
  form: awsQueryForm,
  outputElement: (root, { name }) => {
    const result = childOf(root, `${name}Result`);
    if (result || root.name === `${name}Response`) return result;
    throw new ResponseMismatch(`<${name}Response>`, "the root element", undefined);
  },
});
