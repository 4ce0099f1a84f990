import { including } from "../expected.js";
import type { Scenario } from "../scenario.js";
import type { OperationName } from "../sdk.js";

/** Parameters that are wrong, or come in another form: what is said of them, or what is sent. */
function given(
  name: string,
  operation: OperationName,
  params: unknown,
  options: object = {},
  deviation?: Scenario["deviation"],
): Scenario {
  return {
    name,
    responses: [{ body: {} }],
    run: async ({ client, send, noteRequests }) => {
      await send(client(options)[operation](params as object));
      noteRequests("body");
    },
    ...(deviation && { deviation }),
  };
}

const every = { paramValidation: { min: true, max: true, pattern: true, enum: true } };
const unread = (code: string, message: unknown): Scenario["deviation"] => ({
  why: "the constraints of the model really are there",
  theirs: { requests: 1 },
  ours: { requests: 0, notes: [{ err: { code, message } }, { requests: [] }] },
});

/** Parameters: checks and coercions. */
export const params: readonly Scenario[] = [
  given("a required key that is missing", "getTrail", {}),
  given("a required key that is undefined", "getTrail", { Name: undefined }),
  given("a required key that is null", "getTrail", { Name: null }),
  given("two required keys that are missing", "createTrail", {}),
  given("an unexpected key", "getTrail", { Name: "audit", Nmae: "x" }),
  given("unexpected keys that are not set", "getTrail", { Name: "audit", Other: undefined, More: null }),
  given("a key that is missing within a list", "addTags", { ResourceId: "arn", TagsList: [{ Value: "v" }] }),
  given("an unexpected key within a list", "addTags", { ResourceId: "arn", TagsList: [{ Key: "k", Other: 1 }] }),
  given("a number for text", "getTrail", { Name: 7 }),
  given("an object for text", "getTrail", { Name: {} }),
  given("text for a boolean", "createTrail", { Name: "audit", S3BucketName: "b", IsMultiRegionTrail: "true" }),
  given("text for a list", "addTags", { ResourceId: "arn", TagsList: "x" }),
  given("an object for a list", "addTags", { ResourceId: "arn", TagsList: {} }),
  given("text for a structure", "addTags", { ResourceId: "arn", TagsList: ["x"] }),
  given("text for a number", "lookupEvents", { MaxResults: "many" }),
  given("a numeral for a number", "lookupEvents", { MaxResults: "7" }),
  given("a numeral that does not read as it is written", "lookupEvents", { MaxResults: "7.0" }),
  given("a number with a fraction for a whole one", "lookupEvents", { MaxResults: 7.9 }),
  given("a boolean for a number", "lookupEvents", { MaxResults: true }),
  given(
    "NaN",
    "lookupEvents",
    { MaxResults: Number.NaN },
    {},
    {
      why: "what cannot be sent is rejected",
      theirs: { requests: 1 },
      ours: {
        requests: 0,
        notes: [{ err: { code: "InvalidParameterType", message: "Expected params.MaxResults to be a number" } }, {}],
      },
    },
  ),
  given("a Date", "lookupEvents", { StartTime: new Date("2024-01-02T03:04:05Z") }),
  given("a Date with milliseconds", "lookupEvents", { StartTime: new Date("2024-01-02T03:04:05.678Z") }),
  given("seconds for a Date", "lookupEvents", { StartTime: 1_700_000_000 }),
  given("ISO text for a Date", "lookupEvents", { StartTime: "2024-01-02T03:04:05Z" }),
  given("ISO text with a fraction for a Date", "lookupEvents", { StartTime: "2024-01-02T03:04:05.5Z" }),
  given("ISO text of a day for a Date", "lookupEvents", { StartTime: "2024-01-02" }),
  given("other text for a Date", "lookupEvents", { StartTime: "yesterday" }),
  given(
    "an invalid Date",
    "lookupEvents",
    { StartTime: new Date(Number.NaN) },
    {},
    {
      why: "what cannot be sent is rejected",
      theirs: { requests: 1 },
      ours: { requests: 0, notes: [{ err: { code: "InvalidParameterType" } }, {}] },
    },
  ),
  given(
    "null in a list is left out",
    "addTags",
    { ResourceId: "arn", TagsList: [null, { Key: "k", Value: "v" }] },
    {},
    {
      why: "nothing is left out, where AWS SDK v2 trips over it",
      theirs: { requests: 0, notes: [{ err: { code: "TypeError" } }, {}] },
      ours: { notes: [{ err: null }, { requests: [{ body: { TagsList: [{ Key: "k", Value: "v" }] } }] }] },
    },
  ),
  given("members that are not set are left out", "createTrail", {
    Name: "audit",
    S3BucketName: "b",
    S3KeyPrefix: null,
    SnsTopicName: undefined,
  }),
  given("several errors at once", "createTrail", { Name: 7, Other: 1, TagsList: [{}, 3] }),
  given("deep in a list of lists", "putEventSelectors", {
    TrailName: "audit",
    EventSelectors: [{ ReadWriteType: "All", DataResources: [{ Type: "T", Values: ["a", 1] }] }],
  }),
  given("paramValidation off", "createTrail", { Name: "audit" }, { paramValidation: false }),
  given(
    "paramValidation off, and what is unknown",
    "getTrail",
    { Name: "audit", Other: 1 },
    { paramValidation: false },
  ),
  given("paramValidation without any rule still checks what is required", "getTrail", {}, { paramValidation: {} }),
  given(
    "paramValidation without any rule still checks types",
    "getTrail",
    { Name: 1 },
    { paramValidation: { enum: true } },
  ),
  given(
    "a minimum of the model",
    "getTrail",
    { Name: "ab" },
    {},
    unread("MinRangeError", "Expected string length >= 3, but found 2 for params.Name"),
  ),
  given("a minimum that a map of rules leaves out", "getTrail", { Name: "ab" }, { paramValidation: { enum: true } }),
  given(
    "a maximum of the model",
    "lookupEvents",
    { MaxResults: 500 },
    every,
    unread("MaxRangeError", "Expected numeric value <= 50, but found 500 for params.MaxResults"),
  ),
  given("a maximum that is not requested", "lookupEvents", { MaxResults: 500 }),
  given(
    "a pattern of the model",
    "createTrail",
    { Name: "no blanks here", S3BucketName: "b" },
    every,
    unread("PatternMatchError", including('Provided value "no blanks here" does not match regex pattern /')),
  ),
  given(
    "an enumeration of the model",
    "lookupEvents",
    { EventCategory: "outsight" },
    every,
    unread("EnumError", "Found string value of outsight, but expected insight for params.EventCategory"),
  ),
  given("a value that an enumeration has not, unasked", "lookupEvents", { EventCategory: "outsight" }),
  given(
    "a list that is too long",
    "lookupEvents",
    { LookupAttributes: [1, 2].map((n) => ({ AttributeKey: "EventId", AttributeValue: String(n) })) },
    every,
    unread("MaxRangeError", "Expected list member count <= 1, but found 2 for params.LookupAttributes"),
  ),
];
