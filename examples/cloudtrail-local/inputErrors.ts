import {
  CloudTrailARNInvalidException,
  InvalidEventCategoryException,
  InvalidEventSelectorsException,
  InvalidInsightSelectorsException,
  InvalidKmsKeyIdException,
  InvalidLookupAttributesException,
  InvalidMaxResultsException,
  InvalidS3PrefixException,
  InvalidSnsTopicNameException,
  InvalidTagParameterException,
  InvalidTrailNameException,
  TagsLimitExceededException,
} from "@clientsmith/cloudtrail";
import { type InvalidInput, listIssues } from "@clientsmith/runtime/testing";

type Issue = InvalidInput["issues"][number];

/** CloudTrail has specific errors for most violations of its model, by member. */
const byMember = {
  AdvancedEventSelectors: InvalidEventSelectorsException,
  EventCategory: InvalidEventCategoryException,
  EventSelectors: InvalidEventSelectorsException,
  InsightSelectors: InvalidInsightSelectorsException,
  KmsKeyId: InvalidKmsKeyIdException,
  LookupAttributes: InvalidLookupAttributesException,
  MaxResults: InvalidMaxResultsException,
  S3KeyPrefix: InvalidS3PrefixException,
  SnsTopicName: InvalidSnsTopicNameException,
} as const;

/** Members that hold names of trails, ARNs, or either. */
const trailMembers: readonly unknown[] = ["Name", "TrailName", "trailNameList", "ResourceId", "ResourceIdList"];

/** The error for an input that violates the model; undefined if CloudTrail has only `ValidationException`. */
export function inputError({ input, issues }: InvalidInput): Error | undefined {
  for (const issue of issues) {
    const error = classFor(issue, input);
    if (error) return new error({ message: listIssues(issues) });
  }
  return undefined;
}

function classFor(issue: Issue, input: object) {
  const { path, rule } = issue;
  const [member] = path;
  if (rule === "type" || (rule === "required" && path.length === 1)) return undefined;
  if (member === "TagsList") return path.length === 1 ? TagsLimitExceededException : InvalidTagParameterException;
  if (trailMembers.includes(member)) return trailError(member, valueAt(input, path));
  return typeof member === "string" && Object.hasOwn(byMember, member)
    ? byMember[member as keyof typeof byMember]
    : undefined;
}

function trailError(member: unknown, value: unknown) {
  if (typeof value !== "string") return undefined;
  const isArn = value.startsWith("arn:") || member === "ResourceId" || member === "ResourceIdList";
  return isArn ? CloudTrailARNInvalidException : InvalidTrailNameException;
}

function valueAt(input: unknown, path: Issue["path"]): unknown {
  return path.reduce((value, step) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[step], input);
}
