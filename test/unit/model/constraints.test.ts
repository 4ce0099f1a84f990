import { describe, expect, it } from "vitest";
import { enumValues, operations, readSeed, shape, trait } from "./support.js";

/** Each limit that the seed states, where it applies, and the words of the seed that state it. */
const limits: readonly [member: string, trait: string, value: object, words: RegExp][] = [
  ["CreateTrailRequest$Name", "length", { min: 3, max: 128 }, /Be between 3 and 128 characters/],
  ["UpdateTrailRequest$Name", "length", { min: 3 }, /Be between 3 and 128 characters/],
  ["CreateTrailRequest$S3KeyPrefix", "length", { max: 200 }, /maximum length is 200 characters/],
  ["UpdateTrailRequest$S3KeyPrefix", "length", { max: 200 }, /maximum length is 200 characters/],
  ["CreateTrailRequest$SnsTopicName", "length", { max: 256 }, /maximum length is 256 characters/],
  ["UpdateTrailRequest$SnsTopicName", "length", { max: 256 }, /maximum length is 256 characters/],
  ["Tag$Key", "length", { max: 128 }, /no longer than 128 Unicode characters/],
  ["Tag$Value", "length", { max: 256 }, /no longer than 256 Unicode characters/],
  ["AddTagsRequest$TagsList", "length", { max: 50 }, /list of tags, up to a limit of 50/],
  ["CreateTrailRequest$TagsList", "length", { max: 50 }, /tags to a trail, up to a limit of 50/],
  ["ListTagsRequest$ResourceIdList", "length", { max: 20 }, /limit of 20 ARNs/],
  ["PutEventSelectorsRequest$EventSelectors", "length", { max: 5 }, /up to five event selectors/],
  ["EventSelector$DataResources", "length", { max: 250 }, /up to 250 resources/],
  ["DataResource$Values", "length", { max: 250 }, /up to 250 resources/],
  ["PutEventSelectorsRequest$AdvancedEventSelectors", "length", { max: 500 }, /maximum of 500 values/],
  ["AdvancedEventSelector$FieldSelectors", "length", { min: 1, max: 500 }, /eventCategory - This is required/],
  ["AdvancedFieldSelector$Equals", "length", { max: 500 }, /maximum of 500 values/],
  ["LookupEventsRequest$LookupAttributes", "length", { max: 1 }, /can contain only one item/],
  ["LookupEventsRequest$MaxResults", "range", { min: 1, max: 50 }, /Possible values are 1 through 50/],
];

const arn = "arn:aws:cloudtrail:us-east-2:123456789012:trail/MyTrail";
const goodNames = ["abc", "MyTrail", "a.b_c-d", "0.1.2", "10.0.0.0.1", "192.168.5.4a", "x".repeat(128)];
const badNames = [
  "",
  "ab",
  "x".repeat(129),
  "-abc",
  "abc.",
  "my-_namespace",
  "my--namespace",
  "192.168.5.4",
  "my trail",
  "tränen",
  "abc\n",
  "a/b",
];
const goodArns = [
  arn,
  "arn:aws-cn:cloudtrail:cn-north-1:123456789012:trail/abc",
  "arn:aws-us-gov:cloudtrail:us-gov-west-1:123456789012:trail/a.b",
  "arn:aws-iso-b:cloudtrail:us-isob-east-1:123456789012:trail/abc",
];
const badArns = [
  "arn:aws:cloudtrail:us-east-2:123456789012:trail/ab",
  "arn:aws:cloudtrail:us-east-2:123456789012:trail/my--trail",
  "arn:aws:cloudtrail:us-east-2:123456789012:trail/192.168.5.4",
  "arn:aws:cloudtrail:us-east-2:1234:trail/MyTrail",
  "arn:aws:sns:us-east-2:123456789012:MyTopic",
  `x${arn}`,
];
const keyId = "12345678-1234-1234-1234-123456789012";
const kms = "arn:aws:kms:us-east-2:123456789012:";

const samples: readonly [members: string, good: readonly string[], bad: readonly string[]][] = [
  ["CreateTrailRequest$Name", goodNames, [...badNames, ...goodArns]],
  [
    "DeleteTrailRequest$Name GetTrailRequest$Name GetTrailStatusRequest$Name StartLoggingRequest$Name " +
      "StopLoggingRequest$Name UpdateTrailRequest$Name GetEventSelectorsRequest$TrailName " +
      "GetInsightSelectorsRequest$TrailName PutEventSelectorsRequest$TrailName PutInsightSelectorsRequest$TrailName " +
      "TrailNameList$member",
    [...goodNames, ...goodArns],
    [...badNames, ...badArns],
  ],
  ["AddTagsRequest$ResourceId RemoveTagsRequest$ResourceId ResourceIdList$member", goodArns, [...badArns, "MyTrail"]],
  [
    "CreateTrailRequest$KmsKeyId UpdateTrailRequest$KmsKeyId",
    ["alias/MyAliasName", `${kms}alias/MyAliasName`, `${kms}key/${keyId}`, keyId, `mrk-${"0a".repeat(16)}`],
    ["MyAliasName", "alias/", `${kms}${keyId}`, `key/${keyId}`],
  ],
  ["Trail$KmsKeyId", [`${kms}key/${keyId}`], [keyId, "alias/MyAliasName"]],
  ["Trail$SnsTopicARN", ["arn:aws:sns:us-east-2:123456789012:MyTopic"], ["MyTopic", arn]],
  [
    "DataResource$Type",
    ["AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"],
    ["AWS::EC2::Snapshot", "AWS::S3::ObjectX"],
  ],
  [
    "ExcludeManagementEventSources$member",
    ["kms.amazonaws.com", "rdsdata.amazonaws.com"],
    ["s3.amazonaws.com", "kmsxamazonaws.com", "kms.amazonaws.com.example"],
  ],
];

const target = (path: string): string => {
  const [owner = "", name = ""] = path.split("$");
  const found = name === "member" ? shape(owner).member : shape(owner).members?.[name];
  if (!found) throw new Error(`No member ${path}`);
  return found.target;
};

/** What a value breaks of its shape, one line for each fault. A small reading of the traits, apart from the runtime's. */
function faults(id: string, value: unknown, path = ""): string[] {
  const s = shape(id);
  const wrong = (what: string): string[] => [`${path}: ${what}`];
  const limit = trait<{ min?: number; max?: number }>(s, s.type === "integer" ? "range" : "length");
  const outside = (size: number): string[] =>
    limit && (size < (limit.min ?? -Infinity) || size > (limit.max ?? Infinity))
      ? wrong(`${size} is out of bounds`)
      : [];
  switch (s.type) {
    case "structure": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("not a structure");
      const members = s.members ?? {};
      const given = value as Readonly<Record<string, unknown>>;
      return [
        ...Object.keys(given).flatMap((key) => (key in members ? [] : wrong(`unknown member ${key}`))),
        ...Object.entries(members).flatMap(([key, member]) => {
          if (given[key] === undefined) return trait(member, "required") ? wrong(`no ${key}`) : [];
          return faults(member.target, given[key], `${path}.${key}`);
        }),
      ];
    }
    case "list":
      if (!Array.isArray(value)) return wrong("not a list");
      return [
        ...outside(value.length),
        ...value.flatMap((item, index) => faults(s.member?.target ?? "", item, `${path}[${index}]`)),
      ];
    case "enum":
      return typeof value === "string" && enumValues(s).includes(value) ? [] : wrong("not a value of the enum");
    case "string": {
      if (typeof value !== "string") return wrong("not a string");
      const source = trait<string>(s, "pattern");
      const matches = source === undefined || new RegExp(source, "u").test(value);
      return [...outside([...value].length), ...(matches ? [] : wrong("does not match the pattern"))];
    }
    case "boolean":
      return typeof value === "boolean" ? [] : wrong("not a boolean");
    case "integer":
      return Number.isInteger(value) ? outside(value as number) : wrong("not an integer");
    case "timestamp":
      return typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(value) && !Number.isNaN(Date.parse(value))
        ? []
        : wrong("not a time");
    case "blob":
      return typeof value === "string" && Buffer.from(value, "base64").toString("base64") === value
        ? []
        : wrong("not base64");
    default:
      return wrong(`${s.type} in an example`);
  }
}

describe("limits", () => {
  it.each(limits)("%s has %s %o", (path, name, value) => {
    expect(trait(shape(target(path)), name)).toEqual(value);
  });

  const seed = readSeed();
  it.skipIf(seed === undefined)("are stated by the seed", () => {
    const text = (seed ?? "").replace(/\s+/g, " ");
    expect(limits.filter(([, , , words]) => !words.test(text))).toEqual([]);
  });
});

describe("texts", () => {
  it.each(samples)("%s", (paths, good, bad) => {
    for (const path of paths.split(" ")) {
      const isGood = (value: string): boolean => faults(target(path), value).length === 0;
      expect(good.filter((value) => !isGood(value))).toEqual([]);
      expect(bad.filter(isGood)).toEqual([]);
    }
  });

  it("are matched in linear time", () => {
    const hostile = ["a", "a.", "1.", "1", "0a-", "arn:aws-", "alias/"].map((piece) => `${piece.repeat(50_000)}!`);
    const prefixes = ["", "arn:aws:cloudtrail:us-east-2:123456789012:trail/", kms, `${kms}alias/`, `${kms}key/`];
    const started = performance.now();
    for (const path of samples.flatMap(([paths]) => paths.split(" "))) {
      const pattern = new RegExp(trait<string>(shape(target(path)), "pattern") ?? "", "u");
      for (const prefix of prefixes) for (const text of hostile) pattern.test(prefix + text);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("examples", () => {
  interface Example {
    readonly title: string;
    readonly documentation?: string;
    readonly input: unknown;
    readonly output?: unknown;
    readonly error?: { readonly shapeId: string; readonly content: unknown };
  }
  const all = [...operations].flatMap(([name, operation]) =>
    (trait<Example[]>(operation, "examples") ?? []).map((example) => ({ name, operation, example })),
  );

  it.each(all)("$name: $example.title", ({ name, operation, example }) => {
    const { documentation, input, output, error } = example;
    expect(documentation).toBeTruthy();
    expect(faults(`${name}Request`, input)).toEqual([]);
    expect([output, error].filter((one) => one !== undefined)).toHaveLength(1);
    const declared = operation.errors?.map((one) => one.target) ?? [];
    expect(error === undefined || declared.includes(error.shapeId)).toBe(true);
    expect(error ? faults(error.shapeId, error.content) : faults(`${name}Response`, output)).toEqual([]);
  });

  it("show failures too, and have titles of their own", () => {
    expect(all.some(({ example }) => example.error !== undefined)).toBe(true);
    expect(new Set(all.map(({ name, example }) => `${name} ${example.title}`)).size).toBe(all.length);
  });
});
