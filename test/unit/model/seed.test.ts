import { describe, expect, it } from "vitest";
import { documentation, enumValues, operations, readSeed, shape, shapes, trait } from "./support.js";

// The documented members, in the order of the document. `!` is a required member, `~` one that is no longer in use,
// `{}` a structure, `[]` a list, `a|b` the values of an enum.
const tags = "TagsList:[{Key!:string Value:string}]";
const trailBegin =
  "Name:string S3BucketName:string S3KeyPrefix:string SnsTopicName~:string SnsTopicARN:string " +
  "IncludeGlobalServiceEvents:boolean IsMultiRegionTrail:boolean";
const trailEnd =
  "LogFileValidationEnabled:boolean CloudWatchLogsLogGroupArn:string CloudWatchLogsRoleArn:string KmsKeyId:string";
const trail =
  `{${trailBegin} HomeRegion:string TrailARN:string ${trailEnd} ` +
  "HasCustomEventSelectors:boolean HasInsightSelectors:boolean IsOrganizationTrail:boolean}";
const changedTrail = `${trailBegin} TrailARN:string ${trailEnd} IsOrganizationTrail:boolean`;
const settings =
  "S3KeyPrefix:string SnsTopicName:string IncludeGlobalServiceEvents:boolean IsMultiRegionTrail:boolean " +
  "EnableLogFileValidation:boolean CloudWatchLogsLogGroupArn:string CloudWatchLogsRoleArn:string KmsKeyId:string " +
  "IsOrganizationTrail:boolean";
const selectors =
  "EventSelectors:[{ReadWriteType:ReadOnly|WriteOnly|All IncludeManagementEvents:boolean " +
  "DataResources:[{Type:string Values:[string]}] ExcludeManagementEventSources:[string]}] " +
  "AdvancedEventSelectors:[{Name:string FieldSelectors!:[{Field!:string Equals:[string] StartsWith:[string] " +
  "EndsWith:[string] NotEquals:[string] NotStartsWith:[string] NotEndsWith:[string]}]}]";
const insights = "[{InsightType:ApiCallRateInsight}]";

const documented: Readonly<Record<string, readonly [input: string, output: string]>> = {
  AddTags: [`ResourceId!:string ${tags}`, ""],
  CreateTrail: [`Name!:string S3BucketName!:string ${settings} ${tags}`, changedTrail],
  DeleteTrail: ["Name!:string", ""],
  DescribeTrails: ["trailNameList:[string] includeShadowTrails:boolean", `trailList:[${trail}]`],
  GetEventSelectors: ["TrailName!:string", `TrailARN:string ${selectors}`],
  GetInsightSelectors: ["TrailName!:string", `TrailARN:string InsightSelectors:${insights}`],
  GetTrail: ["Name!:string", `Trail:${trail}`],
  GetTrailStatus: [
    "Name!:string",
    "IsLogging:boolean LatestDeliveryError:string LatestNotificationError:string LatestDeliveryTime:timestamp " +
      "LatestNotificationTime:timestamp StartLoggingTime:timestamp StopLoggingTime:timestamp " +
      "LatestCloudWatchLogsDeliveryError:string LatestCloudWatchLogsDeliveryTime:timestamp " +
      "LatestDigestDeliveryTime:timestamp LatestDigestDeliveryError:string LatestDeliveryAttemptTime~:string " +
      "LatestNotificationAttemptTime~:string LatestNotificationAttemptSucceeded~:string " +
      "LatestDeliveryAttemptSucceeded~:string TimeLoggingStarted~:string TimeLoggingStopped~:string",
  ],
  ListPublicKeys: [
    "StartTime:timestamp EndTime:timestamp NextToken:string",
    "PublicKeyList:[{Value:blob ValidityStartTime:timestamp ValidityEndTime:timestamp Fingerprint:string}] NextToken:string",
  ],
  ListTags: [
    "ResourceIdList!:[string] NextToken:string",
    `ResourceTagList:[{ResourceId:string ${tags}}] NextToken:string`,
  ],
  ListTrails: ["NextToken:string", "Trails:[{TrailARN:string Name:string HomeRegion:string}] NextToken:string"],
  LookupEvents: [
    "LookupAttributes:[{AttributeKey!:EventId|EventName|ReadOnly|Username|ResourceType|ResourceName|EventSource|AccessKeyId " +
      "AttributeValue!:string}] StartTime:timestamp EndTime:timestamp EventCategory:insight MaxResults:integer NextToken:string",
    "Events:[{EventId:string EventName:string ReadOnly:string AccessKeyId:string EventTime:timestamp EventSource:string " +
      "Username:string Resources:[{ResourceType:string ResourceName:string}] CloudTrailEvent:string}] NextToken:string",
  ],
  PutEventSelectors: [`TrailName!:string ${selectors}`, `TrailARN:string ${selectors}`],
  PutInsightSelectors: [
    `TrailName!:string InsightSelectors!:${insights}`,
    `TrailARN:string InsightSelectors:${insights}`,
  ],
  RemoveTags: [`ResourceId!:string ${tags}`, ""],
  StartLogging: ["Name!:string", ""],
  StopLogging: ["Name!:string", ""],
  UpdateTrail: [`Name!:string S3BucketName:string ${settings}`, changedTrail],
};

/** A structure of the model in the notation above. */
function members(id: string): string {
  return Object.entries(shape(id).members ?? {})
    .map(([name, member]) => {
      const marks = (trait(member, "required") ? "!" : "") + (trait(member, "deprecated") ? "~" : "");
      return `${name}${marks}:${type(member.target)}`;
    })
    .join(" ");
}

function type(id: string): string {
  const target = shape(id);
  if (target.member) return `[${type(target.member.target)}]`;
  if (target.type === "structure") return `{${members(id)}}`;
  return target.type === "enum" ? enumValues(target).join("|") : target.type;
}

const count = (text: string): number => text.match(/:/g)?.length ?? 0;

describe("the documented members", () => {
  it("are 18 operations and 226 members", () => {
    expect(Object.keys(documented)).toHaveLength(18);
    const all = Object.values(documented).flat();
    expect(all.map(count).reduce((sum, one) => sum + one, 0)).toBe(226);
  });

  it("are the model's, exactly", () => {
    expect([...operations.keys()]).toEqual(Object.keys(documented));
    for (const [name, [input, output]] of Object.entries(documented)) {
      expect([name, ...members(`${name}Request`).split(" ")]).toEqual([name, ...input.split(" ")]);
      expect([name, ...members(`${name}Response`).split(" ")]).toEqual([name, ...output.split(" ")]);
    }
  });

  it("that are no longer in use state it, and name the one to read instead", () => {
    const messages = [...shapes.values()].flatMap((of) =>
      Object.entries(of.members ?? {}).flatMap(([name, member]) => {
        const deprecated = trait<{ message: string }>(member, "deprecated");
        return deprecated ? [`${name}: ${deprecated.message}`] : [];
      }),
    );
    const status = "LatestDeliveryAttemptTime LatestNotificationAttemptTime LatestNotificationAttemptSucceeded";
    const rest = "LatestDeliveryAttemptSucceeded TimeLoggingStarted TimeLoggingStopped";
    expect(messages.toSorted()).toEqual(
      [
        ...`${status} ${rest}`.split(" ").map((name) => `${name}: No longer in use.`),
        ...["CreateTrail", "UpdateTrail", "Trail"].map(() => "SnsTopicName: No longer in use; read SnsTopicARN."),
      ].toSorted(),
    );
  });
});

// From here on the seed document itself is read, where it is at hand.
const seed = readSeed();

interface Entry {
  readonly indent: number;
  readonly name: string;
  readonly type: string;
  readonly values: string[];
  readonly children: Entry[];
  required: boolean;
  deprecated: boolean;
}

const seedTypes: Readonly<Record<string, string>> = {
  String: "string",
  Boolean: "boolean",
  Integer: "integer",
  Date: "timestamp",
  "Buffer, Typed Array, Blob, String": "blob",
  "Array<String>": "[string]",
};

/** The entries of one parameter list, nested by their indentation. */
function entries(text: string): Entry[] {
  const top: Entry[] = [];
  const open: Entry[] = [];
  for (const line of text.split("\n")) {
    const found = /^( *)• (\w+?)(required)? — \((.+)\)$/.exec(line);
    const current = open.at(-1);
    if (!found) {
      const value = /^ *• "(.+)"$/.exec(line)?.[1];
      if (value !== undefined) current?.values.push(value);
      if (current && line.trim().startsWith("This field is no longer in use")) current.deprecated = true;
      continue;
    }
    const [, { length: indent } = "", name = "", required, seedType = ""] = found;
    const entry: Entry = {
      indent,
      name,
      type: seedType,
      values: [],
      children: [],
      required: required !== undefined,
      deprecated: false,
    };
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    (open.at(-1)?.children ?? top).push(entry);
    open.push(entry);
  }
  return top;
}

function notation(list: readonly Entry[]): string {
  return list
    .map((entry) => {
      const inner = `{${notation(entry.children)}}`;
      const whole =
        entry.type === "map" ? inner : entry.type === "Array<map>" ? `[${inner}]` : (seedTypes[entry.type] ?? "?");
      const marks = (entry.required ? "!" : "") + (entry.deprecated ? "~" : "");
      return `${entry.name}${marks}:${entry.values.length > 0 ? entry.values.join("|") : whole}`;
    })
    .join(" ");
}

function readDocument(text: string): Record<string, [string, string]> {
  const details = text.slice(text.indexOf("\nMethod Details\n"));
  const [, ...parts] = details.split(/^(\w+)\(params = \{\}, callback\) ⇒ AWS\.Request$/m);
  const found: Record<string, [string, string]> = {};
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [method = "", body = ""] = parts.slice(index, index + 2);
    const [before = "", after = ""] = body.split("\nCallback (callback):\n");
    const [sample = "", list = ""] = before.split("\nParameters:\n");
    const input = entries(list);
    // Only the sample code says which members on top are required.
    const required = new Set([...sample.matchAll(/^ {2}(\w+): .*\/\* required \*\//gm)].map(([, name]) => name));
    for (const entry of input) entry.required = required.has(entry.name);
    found[method.charAt(0).toUpperCase() + method.slice(1)] = [notation(input), notation(entries(after))];
  }
  return found;
}

/** Every eight words in a row, without markup, case and punctuation. */
function runs(text: string): string[] {
  const plain = text
    .replace(/<[^<>]*>/g, " ")
    .replace(/'/g, "")
    .toLowerCase();
  const words = plain.split(/[^a-z0-9]+/).filter(Boolean);
  return words.slice(7).map((_, index) => words.slice(index, index + 8).join(" "));
}

describe.skipIf(seed === undefined)("the seed document", () => {
  it("documents what the table above holds", () => {
    const found = readDocument(seed ?? "");
    expect(Object.keys(found)).toEqual(Object.keys(documented));
    for (const [name, [input, output]] of Object.entries(documented)) {
      expect([name, ...(found[name]?.[0].split(" ") ?? [])]).toEqual([name, ...input.split(" ")]);
      expect([name, ...(found[name]?.[1].split(" ") ?? [])]).toEqual([name, ...output.split(" ")]);
    }
  });

  it("lends no sentence to the model: no eight words in a row", () => {
    const known = new Set(runs(seed ?? ""));
    const texts = documentation();
    expect(texts.length).toBeGreaterThan(400);
    expect(texts.flatMap((text) => runs(text).filter((run) => known.has(run)))).toEqual([]);
  });
});
