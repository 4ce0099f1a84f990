import type { FormDialect } from "../query/write.js";

/** @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#query-key-resolution */
export const awsQueryForm: FormDialect = {
  segment: (name, member) => member.xmlName ?? name,
  flatLists: false,
  emptyLists: true,
};
