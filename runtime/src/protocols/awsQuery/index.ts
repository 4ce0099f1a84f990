import type { Protocol } from "../../schema/service.js";
import { awsQueryForm } from "../query/forms.js";
import { QueryProtocol } from "../query/protocol.js";

/**
 * awsQuery: the output is in an element of its own, beside the response's metadata.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const awsQuery: Protocol = /* @__PURE__ */ new QueryProtocol({
  id: "aws.protocols#awsQuery",
  form: awsQueryForm,
  hasResult: true,
});
