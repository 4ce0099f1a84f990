/** The sample code of the seed document, with its placeholders filled in as a reader would. */

export interface Sample {
  readonly operation: string;
  /** `var params = {…}`, with the document's placeholders. */
  readonly params: string;
  /** The call, with its callback. */
  readonly call: string;
}

/** The samples of the operations, in the document's order. */
export function operationSamples(document: string): Sample[] {
  const block = /^Calling the (\w+) operation\n\n(var params = \{$.*?^\};\n)(cloudtrail\.\1\(params, .*?^\}\);)$/gms;
  return [...document.matchAll(block)].map(([, operation = "", params = "", call = ""]) => ({
    operation,
    params,
    call,
  }));
}

/** The different ways in which the samples construct a service object, the plain one first. */
export function constructorSamples(document: string): string[] {
  const lines = [...document.matchAll(/^var cloudtrail = new AWS\.CloudTrail\(.*?\);$/gm)].map(([line]) => line);
  const versions = /^AWS\.config\.apiVersions = \{$.*?^\};\n\nvar cloudtrail = .*?;$/ms.exec(document) ?? [];
  return [...new Set([...lines, ...versions])];
}

/** Every value that a member of this name is given; `'STRING_VALUE'` means it in the document. */
const values: Readonly<Record<string, string>> = {
  AttributeValue: "none-such",
  CloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:audit:*",
  CloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/audit",
  ExcludeManagementEventSources: "kms.amazonaws.com",
  Field: "eventName",
  Key: "team",
  KmsKeyId: "alias/audit",
  Name: "audit",
  ResourceId: "arn:aws:cloudtrail:us-east-1:123456789012:trail/audit",
  ResourceIdList: "arn:aws:cloudtrail:us-east-1:123456789012:trail/audit",
  S3BucketName: "example-audit-logs",
  S3KeyPrefix: "prefix",
  SnsTopicName: "audit-topic",
  TrailName: "audit",
  trailNameList: "audit",
  Type: "AWS::S3::Object",
  Value: "platform",
  Values: "arn:aws:s3:::example-bucket/",
  // The conditions of advanced selectors.
  EndsWith: "Object",
  Equals: "GetObject",
  NotEndsWith: "Acl",
  NotEquals: "PutObject",
  NotStartsWith: "Delete",
  StartsWith: "Get",
};

/**
 * Puts a value for each placeholder: of alternatives the first, a first page has no token, a span of time has started
 * before it ends. Throws for a placeholder that it does not know.
 */
export function fillIn(params: string): string {
  let member = "";
  const lines = params.split("\n").map((line) => {
    member = /^\s*(\w+): /.exec(line)?.[1] ?? member;
    return (
      line
        // The account belongs to no organization.
        .replace("true || false", member === "IsOrganizationTrail" ? "false" : "true")
        .replace(/new Date \|\| '[^']+' \|\| 123456789/, member === "StartTime" ? "new Date(123456789)" : "new Date")
        .replace("'NUMBER_VALUE'", "10")
        .replace(/(: )(\w+)(?: \| \w+)*(?=,|$)/, (whole, colon: string, first: string) =>
          /^(?:true|false|\d+)$/.test(first) ? whole : `${colon}'${first}'`,
        )
        .replace("'STRING_VALUE'", () => (member === "NextToken" ? "undefined" : `'${valueOf(member)}'`))
    );
  });
  return lines.join("\n");
}

function valueOf(member: string): string {
  const value = values[member];
  if (value === undefined) throw new Error(`The samples have a member ${member}; say here what to fill in for it.`);
  return value;
}
