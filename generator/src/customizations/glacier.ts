import type { Customization } from "./customization.js";
import { changeInputs } from "./inputs.js";

/**
 * Amazon S3 Glacier.
 *
 * - Every request names the version of the API.
 * - The account in the path is that of the credentials, `-`, where the caller names none.
 *
 * @see https://docs.aws.amazon.com/amazonglacier/latest/dev/api-common-request-headers.html
 */
export const glacier: Customization = {
  name: "glacier",
  sdkId: "Glacier",
  change: (service) =>
    changeInputs({ ...service, headers: { ...service.headers, "x-amz-glacier-version": service.version } }, (member) =>
      member.name === "accountId" ? { ...member, required: false, clientDefault: "-" } : member,
    ),
};
