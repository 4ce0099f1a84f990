import type { Protocol } from "../../schema/service.js";
import { QueryProtocol } from "../query/protocol.js";
import type { FormDialect } from "../query/write.js";

/** @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#query-key-resolution */
export const ec2QueryForm: FormDialect = {
  segment: (name, member) => member.ec2QueryName ?? capitalized(member.xmlName ?? name),
  flatLists: true,
  emptyLists: false,
};

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

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
