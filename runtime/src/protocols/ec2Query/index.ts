import type { Protocol } from "../../schema/service.js";
import { ec2QueryForm } from "../query/forms.js";
import { QueryProtocol } from "../query/protocol.js";

/**
 * ec2Query: awsQuery with keys of its own; the members of the output are in the root.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2Query: Protocol = /* @__PURE__ */ new QueryProtocol({
  id: "aws.protocols#ec2Query",
  form: ec2QueryForm,
  hasResult: false,
});
