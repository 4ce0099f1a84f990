// Typical inputs, and inputs that break one rule each.

/** @type {Record<"createTrail" | "putEventSelectors", object>} */
export const typical = {
  createTrail: {
    Name: "organization-audit",
    S3BucketName: "example-audit-logs",
    S3KeyPrefix: "trails/production",
    SnsTopicName: "audit-deliveries",
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    EnableLogFileValidation: true,
    KmsKeyId: "alias/audit-logs",
    TagsList: [
      { Key: "team", Value: "security" },
      { Key: "stage", Value: "production" },
      { Key: "cost-center", Value: "4711" },
    ],
  },
  putEventSelectors: {
    TrailName: "arn:aws:cloudtrail:eu-central-1:123456789012:trail/organization-audit",
    EventSelectors: [
      {
        ReadWriteType: "WriteOnly",
        IncludeManagementEvents: true,
        ExcludeManagementEventSources: ["kms.amazonaws.com"],
        DataResources: [
          { Type: "AWS::S3::Object", Values: ["arn:aws:s3:::example-one/", "arn:aws:s3:::example-two/"] },
          { Type: "AWS::Lambda::Function", Values: ["arn:aws:lambda"] },
        ],
      },
    ],
    AdvancedEventSelectors: [
      {
        Name: "writes to the buckets",
        FieldSelectors: [
          { Field: "eventCategory", Equals: ["Data"] },
          { Field: "resources.type", Equals: ["AWS::S3::Object"] },
          { Field: "readOnly", Equals: ["false"] },
          { Field: "resources.ARN", StartsWith: ["arn:aws:s3:::example-one/", "arn:aws:s3:::example-two/"] },
        ],
      },
    ],
  },
};

/** Violations for which a call is rejected by default. @type {typeof broken} */
export const brokenByDefault = {
  createTrail: [
    {},
    { ...typical.createTrail, Name: undefined },
    { ...typical.createTrail, Name: "ab" },
    { ...typical.createTrail, Name: 12 },
    { ...typical.createTrail, Nmae: "audit" },
    { ...typical.createTrail, IsMultiRegionTrail: "true" },
    { ...typical.createTrail, TagsList: [{ Value: "security" }] },
    { ...typical.createTrail, TagsList: {} },
  ],
  putEventSelectors: [
    {},
    { ...typical.putEventSelectors, TrailName: "a" },
    { ...typical.putEventSelectors, EventSelectors: [{ DataResources: [{ Values: [1] }] }] },
    { ...typical.putEventSelectors, AdvancedEventSelectors: [{ FieldSelectors: [] }] },
    { ...typical.putEventSelectors, AdvancedEventSelectors: [{ FieldSelectors: [{ Equals: ["Data"] }] }] },
    { ...typical.putEventSelectors, AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "f", Like: ["Data"] }] }] },
  ],
};

/** Breaches of maximums, patterns and enumerations. @type {Record<"createTrail" | "putEventSelectors", object[]>} */
export const broken = {
  createTrail: [
    { ...typical.createTrail, Name: "10.0.0.1" },
    { ...typical.createTrail, Name: "a".repeat(129) },
    { ...typical.createTrail, S3KeyPrefix: "p".repeat(201) },
    { ...typical.createTrail, KmsKeyId: "audit" },
    { ...typical.createTrail, TagsList: Array.from({ length: 51 }, () => ({ Key: "team" })) },
    { ...typical.createTrail, TagsList: [{ Key: "k".repeat(129) }] },
  ],
  putEventSelectors: [
    { ...typical.putEventSelectors, TrailName: "a trail" },
    { ...typical.putEventSelectors, EventSelectors: [{ ReadWriteType: "Read" }] },
    { ...typical.putEventSelectors, EventSelectors: [{ ExcludeManagementEventSources: ["s3.amazonaws.com"] }] },
    { ...typical.putEventSelectors, EventSelectors: [{}, {}, {}, {}, {}, {}] },
  ],
};
