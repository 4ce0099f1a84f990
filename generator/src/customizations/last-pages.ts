import type { OperationIr, PaginationIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";

/**
 * Operations whose last page has a token all the same, so that `smithy.api#paginated` alone does not end there.
 *
 * - CloudWatch Logs returns the token that was sent at the end of a log stream.
 * - Amazon RDS returns a marker for the end of a log file, from which more can be read once it was written.
 * - Amazon S3 always returns the number of the last part.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DownloadDBLogFilePortion.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html
 */
export const lastPages: readonly Customization[] = [
  lastPage("cloudwatch-logs", "CloudWatch Logs", "GetLogEvents", { endsOnSameToken: true }),
  lastPage("rds", "RDS", "DownloadDBLogFilePortion", { moreResults: ["AdditionalDataPending"] }),
  lastPage("s3", "S3", "ListParts", { moreResults: ["IsTruncated"] }),
];

function lastPage(name: string, sdkId: string, operation: string, rule: Partial<PaginationIr>): Customization {
  const change = (each: OperationIr): OperationIr => {
    const { pagination, output } = each;
    const [member] = rule.moreResults ?? [];
    const isThere = member === undefined || output?.members.some((found) => found.name === member);
    if (each.name !== operation || !pagination || !isThere) return each;
    // A rule of an overlay takes precedence.
    const hasRule = pagination.moreResults !== undefined || pagination.endsOnSameToken;
    return hasRule ? each : { ...each, pagination: { ...pagination, ...rule } };
  };
  return { name, sdkId, change: (service) => ({ ...service, operations: service.operations.map(change) }) };
}
