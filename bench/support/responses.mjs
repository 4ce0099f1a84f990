// Responses of the local server, with the sizes and members of CloudTrail's responses.

const arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit";

const trail = {
  Name: "audit",
  S3BucketName: "example-audit-logs",
  S3KeyPrefix: "production",
  SnsTopicARN: "arn:aws:sns:us-east-1:111122223333:audit-logs",
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: true,
  HomeRegion: "us-east-1",
  TrailARN: arn,
  LogFileValidationEnabled: true,
  KmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-4e5f-6789-abcd-ef0123456789",
  HasCustomEventSelectors: true,
  HasInsightSelectors: false,
  IsOrganizationTrail: false,
};

/** @param {number} index */
function event(index) {
  const id = `0a1b2c3d-4e5f-6789-abcd-${String(index).padStart(12, "0")}`;
  const time = 1_750_000_000 + index;
  const resources = [
    { ResourceType: "AWS::CloudTrail::Trail", ResourceName: arn },
    { ResourceType: "AWS::S3::Bucket", ResourceName: "example-audit-logs" },
  ];
  // The event is one or two kilobytes of JSON in a string. Events of read-only calls contain no response elements.
  const isRead = index % 2 === 1;
  const record = {
    eventVersion: "1.11",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLE:session",
      arn: "arn:aws:sts::111122223333:assumed-role/Admin/session",
      accountId: "111122223333",
      accessKeyId: "ASIAIOSFODNN7EXAMPLE",
    },
    eventTime: new Date(time * 1000).toISOString(),
    eventSource: "cloudtrail.amazonaws.com",
    eventName: isRead ? "GetTrail" : "UpdateTrail",
    awsRegion: "us-east-1",
    sourceIPAddress: "192.0.2.10",
    userAgent: "aws-cli/2.15.30",
    requestParameters: { name: "audit", ...(!isRead && { s3BucketName: "example-audit-logs" }) },
    responseElements: isRead ? null : trail,
    requestID: id,
    eventID: id,
    readOnly: isRead,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "111122223333",
    eventCategory: "Management",
  };
  return {
    EventId: id,
    EventName: record.eventName,
    ReadOnly: String(isRead),
    AccessKeyId: "ASIAIOSFODNN7EXAMPLE",
    EventTime: time,
    EventSource: "cloudtrail.amazonaws.com",
    Username: "session",
    Resources: resources,
    CloudTrailEvent: JSON.stringify(record),
  };
}

const page = { Events: Array.from({ length: 50 }, (_, index) => event(index)), NextToken: "bmV4dA==" };

/** Bodies by operation. */
export const responses = {
  GetTrail: Buffer.from(JSON.stringify({ Trail: trail })),
  LookupEvents: Buffer.from(JSON.stringify(page)),
};
