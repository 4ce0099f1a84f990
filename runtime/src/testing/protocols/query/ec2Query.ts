import { ec2QueryForm } from "../../../protocols/query/forms.js";
import type { StructureShape } from "../../../schema/shapes.js";
import { errorElement, textMember } from "../xml-error.js";
import type { QueryServerDialect } from "./server.js";

/** @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#response-serialization */
export const ec2QueryServer: QueryServerDialect = {
  form: ec2QueryForm,
  contentType: "text/xml;charset=UTF-8",
  output({ name, output: { members } }, output, requestId) {
    return {
      root: `${name}Response`,
      members: { ...members, requestId: textMember },
      values: { ...output, requestId },
    };
  },
  failure(failure, requestId) {
    const { shape, values } = errorElement(failure, failure.shape, []);
    const errors: StructureShape = { type: "structure", name: "Errors", members: { Error: { target: shape } } };
    return {
      root: "Response",
      members: { Errors: { target: errors }, RequestID: textMember },
      values: { Errors: { Error: values }, RequestID: requestId },
    };
  },
};
