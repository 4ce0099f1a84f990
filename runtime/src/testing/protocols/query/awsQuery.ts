import { awsQueryForm } from "../../../protocols/query/forms.js";
import { isUnit, type StructureShape } from "../../../schema/shapes.js";
import { errorElement, textMember } from "../xml-error.js";
import type { QueryServerDialect } from "./server.js";

const metadata: StructureShape = { type: "structure", name: "ResponseMetadata", members: { RequestId: textMember } };

/** @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization */
export const awsQueryServer: QueryServerDialect = {
  form: awsQueryForm,
  contentType: "text/xml",
  output({ name, output: shape }, output, requestId) {
    return {
      root: `${name}Response`,
      members: {
        ...(!isUnit(shape) && { [`${name}Result`]: { target: shape } }),
        ResponseMetadata: { target: metadata },
      },
      values: { [`${name}Result`]: output, ResponseMetadata: { RequestId: requestId } },
    };
  },
  failure(failure, requestId) {
    const { shape, values } = errorElement(failure, failure.shape);
    return {
      root: "ErrorResponse",
      members: { Error: { target: shape }, RequestId: textMember },
      values: { Error: values, RequestId: requestId },
    };
  },
};
