import type { OperationIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";
import { changeInputs } from "./inputs.js";

/**
 * Amazon S3 Glacier.
 *
 * - Every request carries the API version in a header.
 * - The account ID in the path defaults to `-`, which means the account of the credentials.
 * - Uploads carry the SHA-256 hash and the SHA-256 tree hash of their body.
 *
 * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/api-common-request-headers.html
 */
export const glacier: Customization = {
  name: "glacier",
  sdkId: "Glacier",
  change: (service) =>
    changeInputs(
      {
        ...service,
        headers: { ...service.headers, "x-amz-glacier-version": service.version },
        operations: service.operations.map((operation) => (isUpload(operation) ? withTreeHash(operation) : operation)),
      },
      (member) => (member.name === "accountId" ? { ...member, required: false, clientDefault: "-" } : member),
    ),
};

function isUpload({ input }: OperationIr): boolean {
  return input?.members.some(({ streaming }) => streaming) === true;
}

function withTreeHash(operation: OperationIr): OperationIr {
  return { ...operation, requestChecksum: "treeHash" };
}
