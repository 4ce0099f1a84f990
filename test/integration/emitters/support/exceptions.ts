import type { ErrorObject } from "ajv/dist/2020.js";
import type { ValidationIssue } from "#runtime/errors/client.js";
import {
  type BlobMember,
  type Member,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "#runtime/schema/shapes.js";
import type { Operation } from "#runtime/schema/service.js";
import { takesText } from "#runtime/validate/types.js";

/** What the validator (`issues`) and the schema (`errors`) say of the JSON of an input. */
export interface Verdicts {
  readonly operation: Operation;
  readonly json: unknown;
  readonly issues: readonly ValidationIssue[];
  readonly errors: readonly ErrorObject[];
}

type Path = readonly (string | number)[];

/** Where a schema accepts what the validator rejects. */
const moreByTheSchema: readonly {
  readonly reason: string;
  applies(issue: ValidationIssue, verdicts: Verdicts): boolean;
}[] = [
  {
    reason: "the base64 text of a blob has a length in steps of three bytes",
    applies: ({ rule, path }, { operation }) => rule === "length" && memberAt(operation.input, path)?.type === "blob",
  },
  {
    reason: "a pattern of a JSON Schema has the flag u and no other",
    applies: ({ rule, path }, { operation }) =>
      rule === "pattern" && Object.hasOwn(memberAt(operation.input, path) ?? {}, "patternFlags"),
  },
  {
    reason: "ajv checks no member of the name __proto__",
    applies: ({ path }) => path.includes("__proto__"),
  },
  {
    reason: "one timestamp, blob or long has several texts, which are unique items of JSON",
    applies: ({ rule, path }, { operation, json }) => {
      const list = memberAt(operation.input, path);
      const items = valueAt(json, path) as readonly unknown[];
      return (
        rule === "uniqueItems" &&
        list?.type === "list" &&
        "type" in list.member &&
        ["timestamp", "blob", "long", "bigInteger"].includes(list.member.type) &&
        new Set(items).size === items.length
      );
    },
  },
  {
    reason: "a JSON Schema has no range for numbers in text",
    applies: ({ rule, path, message }, { json }) =>
      typeof valueAt(json, path) === "string" && (rule === "range" || message === "must fit in 64 bits"),
  },
];

/** Where the validator accepts what the schema rejects. */
const moreByTheValidator: readonly {
  readonly reason: string;
  applies(error: ErrorObject, verdicts: Verdicts): boolean;
}[] = [
  {
    reason: "null is an absent member",
    applies: ({ instancePath, keyword }, { json }) => {
      const value = valueAt(json, pathOf(instancePath));
      return value === null || (keyword === "maxProperties" && Object.values(value as object).includes(null));
    },
  },
  {
    reason: "a payload that is not base64 is text, which is sent as UTF-8",
    applies: ({ instancePath, keyword }, { operation }) => {
      const member = memberAt(operation.input, pathOf(instancePath));
      return ["pattern", "minLength", "maxLength"].includes(keyword) && member?.type === "blob" && acceptsText(member);
    },
  },
  {
    reason: "integers of a range below 2^53 are read from text, too, for which the schema has no need",
    applies: ({ instancePath, keyword, params }, { json }) =>
      keyword === "type" &&
      (params as { readonly type?: unknown }).type === "integer" &&
      /^-?\d+$/.test(String(valueAt(json, pathOf(instancePath)))),
  },
];

/** JSON for each reason, by the name of an operation of the fixtures. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  Fill: ['{"text":"a","__proto__":1}', '{"text":"a","flag":null}'],
  Limit: ['{"blob":"AAAAAAAAAA=="}', '{"anyCase":"perhaps"}'],
  Range: ['{"long":"5"}', '{"longFromZero":"-5"}'],
  Keep: [
    '{"times":["2026-01-01T00:00:00Z","2026-01-01T01:00:00+01:00"]}',
    '{"longs":[5,"5"]}',
    '{"blobs":["AA==","AB=="]}',
    '{"byColor":{"blue":{"level":1}}}',
    '{"price":"9.6"}',
    '{"grid":[[null],[1,"NaN"]]}',
    '{"shape":{"nothing":{}}}',
    '{"shape":{"choice":{"document":null}}}',
    '{"sparseDocuments":[null,{"a":null}]}',
    '{"documents":[null]}',
    '{"sparsePeople":[null,{"name":"ab"}],"sparseByColor":{"red":null}}',
    '{"wide":"9007199254740994"}',
    '{"small":-200}',
  ],
  Bind: [
    '{"id":"a","at":"2026-01-01T00:00:00Z","state":true,"renamed":2}',
    '{"id":"","at":"2026-01-01T00:00:00Z","state":true}',
    '{"id":"a","at":1767225600,"state":true}',
    '{"id":"a","at":"2026-01-01T00:00:00Z","state":true,"day":"Tue, 29 Apr 2014 18:30:38 GMT"}',
    '{"id":"a","at":"2026-01-01T00:00:00Z","state":true,"tags":["red","blue"],"Other-Name":1}',
  ],
  Put: ['{"Key":"a","Body":"no base64"}'],
};

/** Every reason for which the two may differ. */
export const reasons: readonly string[] = [...moreByTheSchema, ...moreByTheValidator].map(({ reason }) => reason);

/** The reason why the two differ; undefined if there is none. */
export function exceptionFor(verdicts: Verdicts): string | undefined {
  const { issues, errors } = verdicts;
  const found =
    issues.length > 0
      ? issues.map((issue) => moreByTheSchema.find(({ applies }) => applies(issue, verdicts))?.reason)
      : errors.map((error) => moreByTheValidator.find(({ applies }) => applies(error, verdicts))?.reason);
  return found.includes(undefined) ? undefined : found[0];
}

function acceptsText(blob: BlobMember): boolean {
  return blob.streaming === true || takesText(blob);
}

function pathOf(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(json: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], json);
}

function memberAt(
  shape: StructureShape | UnionShape,
  path: Path,
): Exclude<Member, { readonly target: unknown }> | undefined {
  const [name, ...rest] = path;
  let member = shape.members[String(name)];
  for (const [index] of rest.entries()) {
    if (!member) return undefined;
    if ("target" in member) return memberAt(targetOf(member), path.slice(index + 1));
    member = member.type === "list" ? member.member : member.type === "map" ? member.value : undefined;
  }
  return member && "target" in member ? undefined : member;
}
