import type { MemberIr, OperationIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";
import { changeMembers } from "./inputs.js";

/**
 * Operations for which S3 sends status 200 before it has finished, so that the body may still contain an error.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
const lateErrors: ReadonlySet<string> = new Set(["CompleteMultipartUpload", "CopyObject", "UploadPartCopy"]);

/** Members with keys of callers, by the member with the MD5 of each. */
const keys: Readonly<Record<string, string>> = {
  SSECustomerKey: "SSECustomerKeyMD5",
  CopySourceSSECustomerKey: "CopySourceSSECustomerKeyMD5",
};

const location = { configuration: "CreateBucketConfiguration", constraint: "LocationConstraint", location: "Location" };

/** Operations that wait for S3 before they send a body of at least this many bytes, as the official clients do. */
const largeBody = 2 ** 21;
const uploads: ReadonlySet<string> = new Set(["PutObject", "UploadPart"]);

/** Errors by which S3 rejects a request for another Region than its bucket's, beside redirections. */
const wrongRegion = ["AuthorizationHeaderMalformed", "IllegalLocationConstraintException"];

/**
 * Amazon S3.
 *
 * - The endpoint rules put the bucket into the host or the path of the endpoint, so it is not in the operation's path too.
 * - A bucket is created in the client's Region.
 * - Customer keys for encryption are bytes or text, sent in base64 with their MD5.
 * - `Expires` of an object may be any text: `ExpiresString` has it as it was sent.
 * - An error for another Region than the bucket's names that of the bucket.
 * - Large bodies are sent once S3 has accepted the headers.
 * - Presigned URLs have headers in the query, and the body is not signed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export const s3: Customization = {
  name: "s3",
  sdkId: "S3",
  change: (service) =>
    changeMembers(
      {
        ...service,
        presignedUrls: "s3",
        operations: service.operations.map((operation) => ({
          ...((service.endpointRuleSet ?? service.endpointBdd) === undefined
            ? operation
            : withoutBucketInPath(operation)),
          lateErrors: lateErrors.has(operation.name),
          customFeatures: featuresOf(operation),
        })),
      },
      { input: ({ members }) => members.map(asKey), output: ({ members }) => members.flatMap(withExpiresString) },
    ),
};

function featuresOf({ name, input }: OperationIr): OperationIr["customFeatures"] {
  const members = new Set(input?.members.map((member) => member.name));
  const own = Object.entries(keys).filter((pair) => pair.every((member) => members.has(member)));
  return {
    ...(name === "CreateBucket" && members.has(location.configuration) && { locationConstraint: location }),
    ...(own.length > 0 && { customerKeys: Object.fromEntries(own) }),
    ...(uploads.has(name) && { expectContinue: largeBody }),
    bucketRegion: wrongRegion,
  };
}

/** A blob in a header takes text, too. */
function asKey(member: MemberIr): MemberIr {
  return Object.hasOwn(keys, member.name) ? { ...member, type: { type: "blob" } } : member;
}

function withExpiresString(member: MemberIr, _index: number, all: readonly MemberIr[]): readonly MemberIr[] {
  const name = "ExpiresString";
  if (member.name !== "Expires" || all.some((each) => each.name === name)) return [member];
  const text: MemberIr = {
    ...member,
    id: `${member.id}String`,
    name,
    type: { type: "string" },
    timestampFormat: undefined,
    facts: {
      ...member.facts,
      documentation: "The header `Expires` as it was sent, which may be no date.",
      deprecated: undefined,
    },
  };
  const documentation =
    `${member.facts.documentation ?? ""} Absent where the header is no date: see \`ExpiresString\`.`.trim();
  return [{ ...member, facts: { ...member.facts, documentation } }, text];
}

function withoutBucketInPath(operation: OperationIr): OperationIr {
  const { http, input } = operation;
  const isInEndpoint = input?.members.some(({ name, contextParam }) => name === "Bucket" && contextParam === "Bucket");
  if (!http || !isInEndpoint) return operation;
  return { ...operation, http: { ...http, uri: http.uri.replace(/^\/\{Bucket\}/, "") } };
}
