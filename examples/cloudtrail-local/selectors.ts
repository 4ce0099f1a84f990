import {
  type AdvancedEventSelector,
  type AdvancedFieldSelector,
  type EventSelector,
  InvalidEventSelectorsException,
} from "@clientsmith/cloudtrail";
import type { Account, LocalTrail, TrailSelectors } from "./account.js";
import type { CloudTrailHandlers } from "./handlers.js";

/** Default of a trail without selectors: every management event, no data events. */
const initial: TrailSelectors = {
  EventSelectors: [
    { ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
  ],
};

/** Limits over all selectors of a trail. */
const maxDataResources = 250;
const maxConditions = 500;

export function selectorHandlers(
  account: Account,
): Pick<CloudTrailHandlers, "putEventSelectors" | "getEventSelectors"> {
  return {
    putEventSelectors: (input, { region = account.region }) => {
      const trail = account.findAtHome(input.TrailName, region);
      const { EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] } = input;
      if (basic.length > 0 === advanced.length > 0) {
        invalid("Give either EventSelectors or AdvancedEventSelectors, with at least one selector");
      }
      trail.selectors =
        basic.length > 0 ? { EventSelectors: checkBasic(basic) } : { AdvancedEventSelectors: checkAdvanced(advanced) };
      return outputOf(trail);
    },

    getEventSelectors: ({ TrailName }, { region = account.region }) => outputOf(account.find(TrailName, region)),
  };
}

function outputOf({ arn, selectors = initial }: LocalTrail) {
  return { TrailARN: arn, ...selectors };
}

function invalid(message: string): never {
  throw new InvalidEventSelectorsException({ message });
}

/** With the defaults filled in. */
function checkBasic(selectors: readonly EventSelector[]): EventSelector[] {
  const resources = selectors.flatMap(({ DataResources = [] }) => DataResources);
  for (const { Type, Values = [] } of resources) {
    if (Type === undefined || Values.length === 0) invalid("A data resource needs a Type and Values");
  }
  const count = resources.reduce((sum, { Values = [] }) => sum + Values.length, 0);
  if (count > maxDataResources) {
    invalid(`The selectors of a trail have at most ${maxDataResources} data resources; these have ${count}`);
  }
  return selectors.map((selector) => ({
    ReadWriteType: selector.ReadWriteType ?? "All",
    IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
    DataResources: selector.DataResources ?? [],
    ExcludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
  }));
}

const operators = ["Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith"] as const;

/** Allowed conditions, by field: the operators, and the values if they are fixed. */
const fields: Readonly<
  Record<string, { only?: readonly string[]; values?: RegExp; category?: "Management" | "Data" }>
> = {
  eventCategory: { only: ["Equals"], values: /^(?:Management|Data)$/ },
  readOnly: { only: ["Equals"], values: /^(?:true|false)$/ },
  eventSource: { only: ["NotEquals"], values: /^kms\.amazonaws\.com$/, category: "Management" },
  eventName: { category: "Data" },
  "resources.type": {
    only: ["Equals"],
    values:
      /^AWS::(?:S3::Object|S3::AccessPoint|Lambda::Function|DynamoDB::Table|S3Outposts::Object|ManagedBlockchain::Node|S3ObjectLambda::AccessPoint|EC2::Snapshot)$/,
    category: "Data",
  },
  "resources.ARN": { category: "Data" },
};

function checkAdvanced(selectors: readonly AdvancedEventSelector[]): readonly AdvancedEventSelector[] {
  const conditions = selectors.flatMap(({ FieldSelectors }) => FieldSelectors);
  const count = conditions.reduce((sum, condition) => sum + valuesOf(condition).length, 0);
  if (count > maxConditions)
    invalid(`The selectors of a trail have at most ${maxConditions} values; these have ${count}`);
  for (const { FieldSelectors } of selectors) {
    const category = onlyValue(FieldSelectors, "eventCategory");
    for (const condition of FieldSelectors) checkCondition(condition, category);
    if (category === "Data") onlyValue(FieldSelectors, "resources.type");
  }
  return selectors;
}

function checkCondition(condition: AdvancedFieldSelector, category: string): void {
  const { Field } = condition;
  const rule = Object.hasOwn(fields, Field) ? fields[Field] : undefined;
  if (!rule)
    return invalid(`There is no field ${JSON.stringify(Field)}; the fields are ${Object.keys(fields).join(", ")}`);
  if (rule.category && rule.category !== category)
    invalid(`${Field} is for selectors of the category ${rule.category}`);
  const values = valuesOf(condition);
  if (values.length === 0) invalid(`The condition on ${Field} has no values`);
  const other = operators.find((operator) => condition[operator]?.length && rule.only?.includes(operator) === false);
  if (other) invalid(`${Field} takes ${rule.only?.join(", ")} only, not ${other}`);
  const wrong = values.find((value) => rule.values?.test(value) === false);
  if (wrong !== undefined) invalid(`${Field} cannot be ${JSON.stringify(wrong)}`);
}

/** The value of a field that every selector has once. */
function onlyValue(conditions: readonly AdvancedFieldSelector[], field: string): string {
  const values = conditions.filter(({ Field }) => Field === field).flatMap(valuesOf);
  const [value] = values;
  if (value === undefined || values.length > 1) return invalid(`Each selector needs exactly one value of ${field}`);
  return value;
}

function valuesOf(condition: AdvancedFieldSelector): string[] {
  return operators.flatMap((operator) => condition[operator] ?? []);
}
