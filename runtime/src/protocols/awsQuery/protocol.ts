import type { Protocol } from "../../schema/service.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { QueryProtocol } from "../query/protocol.js";
import { childOf } from "../xml/parse.js";
import type { FormDialect } from "../query/write.js";

/** @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#query-key-resolution */
export const awsQueryForm: FormDialect = {
  segment: (name, member) => member.xmlName ?? name,
  flatLists: false,
  emptyLists: true,
};

/**
 * awsQuery: the output stands in an element of its own, beside what there is to say of the response.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const awsQuery: Protocol = /* @__PURE__ */ new QueryProtocol({
  id: "aws.protocols#awsQuery",
  form: awsQueryForm,
  outputElement: (root, { name }) => {
    const result = childOf(root, `${name}Result`);
    if (result || root.name === `${name}Response`) return result;
    throw new ResponseMismatch(`<${name}Response>`, "the root element", undefined);
  },
});
