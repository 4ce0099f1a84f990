import type { Event } from "@clientsmith/cloudtrail";
import { Random } from "./random.js";

/** Where and when events happened. */
export interface EventScene {
  readonly region: string;
  readonly accountId: string;
  /** Time of the latest event, in milliseconds since 1970. */
  readonly now: number;
  readonly seed: string;
}

/** A stored event. Its JSON record is made when it is requested. */
export interface LocalEvent {
  readonly event: Event;
  readonly record: () => object;
}

interface Call {
  readonly source: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly type?: string;
  /** Name of the resource. */
  readonly resource?: (random: Random) => string;
}

const calls: readonly [Call, ...Call[]] = [
  { source: "ec2", name: "DescribeInstances", readOnly: true },
  {
    source: "ec2",
    name: "RunInstances",
    readOnly: false,
    type: "AWS::EC2::Instance",
    resource: (r) => `i-0${r.hex(16)}`,
  },
  {
    source: "ec2",
    name: "TerminateInstances",
    readOnly: false,
    type: "AWS::EC2::Instance",
    resource: (r) => `i-0${r.hex(16)}`,
  },
  {
    source: "s3",
    name: "CreateBucket",
    readOnly: false,
    type: "AWS::S3::Bucket",
    resource: (r) => `bucket-${r.below(20)}`,
  },
  {
    source: "s3",
    name: "PutBucketPolicy",
    readOnly: false,
    type: "AWS::S3::Bucket",
    resource: (r) => `bucket-${r.below(20)}`,
  },
  {
    source: "s3",
    name: "GetBucketAcl",
    readOnly: true,
    type: "AWS::S3::Bucket",
    resource: (r) => `bucket-${r.below(20)}`,
  },
  {
    source: "iam",
    name: "CreateUser",
    readOnly: false,
    type: "AWS::IAM::User",
    resource: (r) => `user-${r.below(50)}`,
  },
  { source: "iam", name: "ListRoles", readOnly: true },
  { source: "sts", name: "AssumeRole", readOnly: true, type: "AWS::IAM::Role", resource: (r) => `role-${r.below(10)}` },
  { source: "kms", name: "Decrypt", readOnly: true, type: "AWS::KMS::Key", resource: (r) => `key-${r.below(5)}` },
  {
    source: "lambda",
    name: "UpdateFunctionCode20150331v2",
    readOnly: false,
    type: "AWS::Lambda::Function",
    resource: (r) => `function-${r.below(8)}`,
  },
  {
    source: "dynamodb",
    name: "CreateTable",
    readOnly: false,
    type: "AWS::DynamoDB::Table",
    resource: (r) => `table-${r.below(8)}`,
  },
  { source: "cloudtrail", name: "DescribeTrails", readOnly: true },
  {
    source: "cloudtrail",
    name: "StartLogging",
    readOnly: false,
    type: "AWS::CloudTrail::Trail",
    resource: (r) => `trail-${r.below(3)}`,
  },
];

const users = ["alice", "bob", "carol", "deployment", "auditor"] as const;

/** Events go back this far, in milliseconds: a day less than the 90 days of CloudTrail, so that no event expires. */
const history = 89 * 86_400_000;

/** Management events of the last 89 days, evenly spread, the most recent first. The same scene has the same events. */
export function managementEvents(count: number, scene: EventScene): LocalEvent[] {
  const random = new Random(`${scene.seed}/${scene.region}/management`);
  return Array.from({ length: count }, (_, index) =>
    managementEvent(momentOf(index, count, scene, random), scene, random),
  );
}

function managementEvent(time: Date, scene: EventScene, random: Random): LocalEvent {
  const call = random.pick(calls);
  const user = random.pick(users);
  const accessKeyId = `AKIA${user.toUpperCase().padEnd(16, "0")}`;
  const resource = call.resource?.(random);
  const requestId = random.uuid();
  const address = `192.0.2.${1 + random.below(254)}`;
  const event: Event = {
    EventId: random.uuid(),
    EventName: call.name,
    ReadOnly: String(call.readOnly),
    AccessKeyId: accessKeyId,
    EventTime: time,
    EventSource: `${call.source}.amazonaws.com`,
    Username: user,
    Resources: call.type && resource ? [{ ResourceType: call.type, ResourceName: resource }] : [],
  };
  const record = () => ({
    ...recordHead(event, scene),
    userIdentity: {
      type: "IAMUser",
      arn: `arn:aws:iam::${scene.accountId}:user/${user}`,
      accountId: scene.accountId,
      accessKeyId,
      userName: user,
    },
    sourceIPAddress: address,
    userAgent: "example/1.0",
    requestParameters: resource ? { resource } : null,
    responseElements: null,
    requestID: requestId,
    readOnly: call.readOnly,
    eventType: "AwsApiCall",
    managementEvent: true,
    eventCategory: "Management",
  });
  return { event, record };
}

/** Insights events of the last 89 days, most recent first: the end of each unusual rate of calls before its start. */
export function insightEvents(count: number, scene: EventScene): LocalEvent[] {
  const random = new Random(`${scene.seed}/${scene.region}/insight`);
  return Array.from({ length: count }, (_, index) =>
    insightEvent(momentOf(index, count, scene, random), index, scene, random),
  );
}

function insightEvent(time: Date, index: number, scene: EventScene, random: Random): LocalEvent {
  const call = random.pick(calls);
  const baseline = random.below(100) / 1000;
  const event: Event = {
    EventId: random.uuid(),
    EventName: call.name,
    EventTime: time,
    EventSource: `${call.source}.amazonaws.com`,
  };
  const record = () => ({
    ...recordHead(event, scene),
    eventType: "AwsCloudTrailInsight",
    insightDetails: {
      state: index % 2 === 0 ? "End" : "Start",
      eventSource: event.EventSource,
      eventName: event.EventName,
      insightType: "ApiCallRateInsight",
      insightContext: { statistics: { baseline: { average: baseline }, insight: { average: baseline * 40 } } },
    },
    eventCategory: "Insight",
  });
  return { event, record };
}

/** Whole seconds, as CloudTrail has them. The index counts back from now. */
function momentOf(index: number, count: number, { now }: EventScene, random: Random): Date {
  const back = ((index + random.fraction()) / count) * history;
  return new Date(Math.floor((now - back) / 1000) * 1000);
}

function recordHead(event: Event, scene: EventScene) {
  return {
    eventVersion: "1.08",
    eventID: event.EventId,
    eventTime: event.EventTime?.toISOString().replace(".000Z", "Z"),
    eventSource: event.EventSource,
    eventName: event.EventName,
    awsRegion: scene.region,
    recipientAccountId: scene.accountId,
  };
}
