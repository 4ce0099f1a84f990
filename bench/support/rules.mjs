// The rules of each input, written once for ajv and once for zod. Those of clientsmith are in the generated client.
import { Ajv } from "ajv";
import { z } from "zod";

const nameOfTrail = "^(?!(?:\\d{1,3}\\.){3}\\d{1,3}$)[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$";
const trail =
  "^(?:arn:aws[a-z0-9-]*:cloudtrail:[a-z0-9-]+:\\d{12}:trail/)?(?!(?:\\d{1,3}\\.){3}\\d{1,3}$)(?=.{3,128}$)[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$";
const key =
  "^(?:(?:arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:\\d{12}:)?alias/.+|(?:arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:\\d{12}:key/)?(?:mrk-[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}))$";
const resourceType = "^AWS::(?:S3::Object|Lambda::Function|DynamoDB::Table)$";
const excludedSource = "^(?:kms|rdsdata)\\.amazonaws\\.com$";
const readWriteTypes = ["ReadOnly", "WriteOnly", "All"];
const operators = ["Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith"];

/**
 * Every constraint of the model, or only those that a call checks by default: required members, types,
 * unknown members, minimums.
 *
 * @typedef {"every rule" | "a call's rules"} Rules
 */

/**
 * @param {Rules} rules
 * @returns {Record<"createTrail" | "putEventSelectors", (value: unknown) => boolean>}
 */
export function ajvValidators(rules) {
  const isEvery = rules === "every rule";
  const text = (/** @type {Text} */ { min, max, pattern, values } = {}) => ({
    type: "string",
    ...(min && { minLength: min }),
    ...(isEvery && max && { maxLength: max }),
    ...(isEvery && pattern && { pattern }),
    ...(isEvery && values && { enum: values }),
  });
  const flag = { type: "boolean" };
  const list = (/** @type {object} */ items, /** @type {number} */ max = 0, min = 0) => ({
    type: "array",
    items,
    ...(min && { minItems: min }),
    ...(isEvery && max && { maxItems: max }),
  });
  const structure = (/** @type {Record<string, object>} */ properties, /** @type {string[]} */ required = []) => ({
    type: "object",
    properties,
    required,
    additionalProperties: false,
  });
  const createTrail = structure(
    {
      Name: text({ min: 3, max: 128, pattern: nameOfTrail }),
      S3BucketName: text(),
      S3KeyPrefix: text({ max: 200 }),
      SnsTopicName: text({ max: 256 }),
      IncludeGlobalServiceEvents: flag,
      IsMultiRegionTrail: flag,
      EnableLogFileValidation: flag,
      CloudWatchLogsLogGroupArn: text(),
      CloudWatchLogsRoleArn: text(),
      KmsKeyId: text({ pattern: key }),
      IsOrganizationTrail: flag,
      TagsList: list(structure({ Key: text({ max: 128 }), Value: text({ max: 256 }) }, ["Key"]), 50),
    },
    ["Name", "S3BucketName"],
  );
  const dataResource = structure({ Type: text({ pattern: resourceType }), Values: list(text(), 250) });
  const basic = structure({
    ReadWriteType: text({ values: readWriteTypes }),
    IncludeManagementEvents: flag,
    DataResources: list(dataResource, 250),
    ExcludeManagementEventSources: list(text({ pattern: excludedSource })),
  });
  const field = structure(
    { Field: text(), ...Object.fromEntries(operators.map((operator) => [operator, list(text(), 500)])) },
    ["Field"],
  );
  const advanced = structure({ Name: text(), FieldSelectors: list(field, 500, 1) }, ["FieldSelectors"]);
  const putEventSelectors = structure(
    {
      TrailName: text({ min: 3, pattern: trail }),
      EventSelectors: list(basic, 5),
      AdvancedEventSelectors: list(advanced, 500),
    },
    ["TrailName"],
  );
  // Like clientsmith, it continues after the first violation.
  const ajv = new Ajv({ allErrors: true });
  return { createTrail: ajv.compile(createTrail), putEventSelectors: ajv.compile(putEventSelectors) };
}

/**
 * @param {Rules} rules
 * @returns {Record<"createTrail" | "putEventSelectors", (value: unknown) => boolean>}
 */
export function zodValidators(rules) {
  const isEvery = rules === "every rule";
  const text = (/** @type {Text} */ { min, max, pattern, values } = {}) => {
    if (isEvery && values) return z.enum(values);
    let made = z.string();
    if (min) made = made.min(min);
    if (isEvery && max) made = made.max(max);
    if (isEvery && pattern) made = made.regex(new RegExp(pattern, "u"));
    return made;
  };
  const flag = z.boolean().optional();
  const list = (/** @type {z.ZodType} */ items, /** @type {number} */ max = 0, min = 0) => {
    let made = z.array(items);
    if (min) made = made.min(min);
    if (isEvery && max) made = made.max(max);
    return made;
  };
  const createTrail = z.strictObject({
    Name: text({ min: 3, max: 128, pattern: nameOfTrail }),
    S3BucketName: text(),
    S3KeyPrefix: text({ max: 200 }).optional(),
    SnsTopicName: text({ max: 256 }).optional(),
    IncludeGlobalServiceEvents: flag,
    IsMultiRegionTrail: flag,
    EnableLogFileValidation: flag,
    CloudWatchLogsLogGroupArn: text().optional(),
    CloudWatchLogsRoleArn: text().optional(),
    KmsKeyId: text({ pattern: key }).optional(),
    IsOrganizationTrail: flag,
    TagsList: list(z.strictObject({ Key: text({ max: 128 }), Value: text({ max: 256 }).optional() }), 50).optional(),
  });
  const dataResource = z.strictObject({
    Type: text({ pattern: resourceType }).optional(),
    Values: list(text(), 250).optional(),
  });
  const basic = z.strictObject({
    ReadWriteType: text({ values: readWriteTypes }).optional(),
    IncludeManagementEvents: flag,
    DataResources: list(dataResource, 250).optional(),
    ExcludeManagementEventSources: list(text({ pattern: excludedSource })).optional(),
  });
  const field = z.strictObject({
    Field: text(),
    ...Object.fromEntries(operators.map((operator) => [operator, list(text(), 500).optional()])),
  });
  const advanced = z.strictObject({ Name: text().optional(), FieldSelectors: list(field, 500, 1) });
  const putEventSelectors = z.strictObject({
    TrailName: text({ min: 3, pattern: trail }),
    EventSelectors: list(basic, 5).optional(),
    AdvancedEventSelectors: list(advanced, 500).optional(),
  });
  return {
    createTrail: (value) => createTrail.safeParse(value).success,
    putEventSelectors: (value) => putEventSelectors.safeParse(value).success,
  };
}

/** @typedef {{ min?: number, max?: number, pattern?: string, values?: string[] }} Text */
