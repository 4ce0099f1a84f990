import { expect, test } from "vitest";
import { ServiceError } from "#runtime/errors/service.js";
import { nameError } from "#runtime/protocols/error-name.js";
import type { ErrorTraits, StructureShape } from "#runtime/schema/shapes.js";

function errorClass(name: string, traits: Partial<ErrorTraits> = {}) {
  return class extends ServiceError {
    static readonly shape: StructureShape = {
      type: "structure",
      name,
      members: {},
      error: { fault: "client", ...traits },
    };
  };
}

const errors = [errorClass("Plain"), errorClass("QueueDoesNotExist", { queryErrorCode: "AWS.NonExistentQueue" })];
const named = (type: string | undefined, queryError?: string) => {
  const headers: Record<string, string> = queryError === undefined ? {} : { "x-amzn-query-error": queryError };
  const { code, shape } = nameError({ status: 400, headers, body: new Uint8Array() }, type, errors);
  return [code, shape?.name];
};

test.each<[string | undefined, string | undefined, string | undefined, string | undefined]>([
  ["Plain", undefined, "Plain", "Plain"],
  ["a.b#Plain:http://c.d/", undefined, "Plain", "Plain"],
  ["a.b#QueueDoesNotExist", "AWS.NonExistentQueue;Sender", "QueueDoesNotExist", "QueueDoesNotExist"],
  [undefined, "AWS.NonExistentQueue;Sender", "QueueDoesNotExist", "QueueDoesNotExist"],
  ["AWS.NonExistentQueue", undefined, "QueueDoesNotExist", "QueueDoesNotExist"],
  ["a.b#Renamed", "AWS.NonExistentQueue;Sender", "QueueDoesNotExist", "QueueDoesNotExist"],
  [undefined, "Plain;Sender", "Plain", "Plain"],
  ["a.b#AccessDeniedException", "AccessDenied;Sender", "AccessDenied", undefined],
  ["a.b#Other", undefined, "Other", undefined],
  ["a.b#Other", ";Sender", "Other", undefined],
  [undefined, undefined, undefined, undefined],
])("type %j and query error %j name %j", (type, queryError, code, shape) => {
  expect(named(type, queryError)).toEqual([code, shape]);
});
