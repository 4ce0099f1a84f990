import type { FormDialect } from "./write.js";

/** @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#query-key-resolution */
export const awsQueryForm: FormDialect = {
  segment: (name, member) => member.xmlName ?? name,
  flatLists: false,
  emptyLists: true,
};

/** @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#query-key-resolution */
export const ec2QueryForm: FormDialect = {
  segment: (name, member) => member.ec2QueryName ?? capitalized(member.xmlName ?? name),
  flatLists: true,
  emptyLists: false,
};

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
