import type { LoadedProtocol } from "../protocol.js";
import { ResponseMismatch } from "../mismatch.js";
import { QueryProtocol } from "../query/protocol.js";
import { ec2QueryForm } from "./form.js";

/**
 * ec2Query: awsQuery with keys of its own; the members of the output stand in the root.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2Query: LoadedProtocol = /* @__PURE__ */ new QueryProtocol({
  id: "aws.protocols#ec2Query",
  form: ec2QueryForm,
  outputElement: (root, { name }) => {
    if (root.name === `${name}Response`) return root;
    throw new ResponseMismatch(`<${name}Response>`, "the root element", undefined);
  },
});
