import type { OperationIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";
import { changeInputs } from "./inputs.js";

/**
 * Amazon S3 Glacier.
 *
 * - Every request names the version of the API.
 * - The account in the path is that of the credentials, `-`, where the caller names none.
 * - Uploads carry the hash of their body, and that of a tree of hashes over it.
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
