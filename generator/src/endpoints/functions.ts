import type { RecordType, Typed, ValueType } from "./tree.js";

/** A function of the rules engine's libraries. */
export interface FunctionSignature {
  readonly argv: readonly ValueType[];
  readonly result: Typed;
  /** Runtime symbol of the function. Absent if it is an operator of the language. */
  readonly symbol?: string;
}

const always = (type: ValueType): Typed => ({ type, optional: false });
const maybe = (type: ValueType): Typed => ({ type, optional: true });

/**
 * Functions whose types can be listed. `isSet`, `getAttr`, `coalesce` and `ite` take values of any type and are checked
 * by rules of their own. `aws.partition` always finds a partition, since an unknown Region counts as one of `aws`.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html
 * @see https://smithy.io/2.0/aws/rules-engine/library-functions.html
 */
export const functions: ReadonlyMap<string, FunctionSignature> = new Map<string, FunctionSignature>([
  ["not", { argv: ["boolean"], result: always("boolean") }],
  ["booleanEquals", { argv: ["boolean", "boolean"], result: always("boolean") }],
  ["stringEquals", { argv: ["string", "string"], result: always("boolean") }],
  ["isValidHostLabel", { argv: ["string", "boolean"], result: always("boolean"), symbol: "isValidHostLabel" }],
  ["parseURL", { argv: ["string"], result: maybe("Url"), symbol: "parseURL" }],
  ["substring", { argv: ["string", "integer", "integer", "boolean"], result: maybe("string"), symbol: "substring" }],
  ["uriEncode", { argv: ["string"], result: always("string"), symbol: "uriEncode" }],
  ["split", { argv: ["string", "string", "integer"], result: always("stringArray"), symbol: "split" }],
  ["aws.partition", { argv: ["string"], result: always("Partition"), symbol: "partitionOf" }],
  ["aws.parseArn", { argv: ["string"], result: maybe("Arn"), symbol: "parseArn" }],
  [
    "aws.isVirtualHostableS3Bucket",
    { argv: ["string", "boolean"], result: always("boolean"), symbol: "isVirtualHostableS3Bucket" },
  ],
]);

/** Fields of the records that functions return. */
export const recordFields: Readonly<Record<RecordType, ReadonlyMap<string, ValueType>>> = {
  Partition: new Map<string, ValueType>([
    ["name", "string"],
    ["dnsSuffix", "string"],
    ["dualStackDnsSuffix", "string"],
    ["supportsFIPS", "boolean"],
    ["supportsDualStack", "boolean"],
    ["implicitGlobalRegion", "string"],
  ]),
  Arn: new Map<string, ValueType>([
    ["partition", "string"],
    ["service", "string"],
    ["region", "string"],
    ["accountId", "string"],
    ["resourceId", "stringArray"],
  ]),
  Url: new Map<string, ValueType>([
    ["scheme", "string"],
    ["authority", "string"],
    ["path", "string"],
    ["normalizedPath", "string"],
    ["isIp", "boolean"],
  ]),
};
