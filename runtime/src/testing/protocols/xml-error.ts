import type { Member, StructureShape } from "../../schema/shapes.js";
import type { Failure } from "../rejection.js";
import { messageMember, messageOf } from "./failure-message.js";
import { senderOf } from "./query-error.js";

export const textMember: Member = { type: "string" };

/**
 * The element `Error` of the XML protocols, as a shape and its values: type, code and message, then the members of the
 * modelled error.
 *
 * @param body the members of the modelled error that are in the body
 */
export function errorElement(
  failure: Failure,
  body: StructureShape | undefined,
  type: readonly string[] = ["Type"],
): { readonly shape: StructureShape; readonly values: object } {
  const { name, message, shape, members } = failure;
  const modelled = Object.entries(body?.members ?? {}).filter(([each]) => each !== messageMember(shape));
  return {
    shape: {
      type: "structure",
      name: "Error",
      members: {
        ...Object.fromEntries(type.map((each) => [each, textMember])),
        Code: textMember,
        Message: textMember,
        ...Object.fromEntries(modelled),
      },
    },
    values: {
      ...members,
      Type: senderOf(failure),
      Code: shape?.error?.queryErrorCode ?? name,
      ...(Object.keys(messageOf(failure)).length > 0 && { Message: message }),
    },
  };
}
