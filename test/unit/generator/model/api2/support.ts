import { type ReadOptions, readModel } from "#generator/model/index.js";
import { textOf } from "../smithy/support/model.js";

export type Json = Record<string, unknown>;

/** Metadata of a good description. */
export const metadata = {
  apiVersion: "2020-01-01",
  endpointPrefix: "shelf",
  jsonVersion: "1.1",
  protocol: "json",
  serviceFullName: "Example Shelf",
  serviceId: "Book Shelf",
  signatureVersion: "v4",
  targetPrefix: "com.example.Shelf_2020",
};

/** A good description with one operation, `GetBook`, and what is given besides or instead. */
export function api(changes: Json = {}, meta: Json = {}): Json {
  return {
    version: "2.0",
    metadata: { ...metadata, ...meta },
    operations: { GetBook: { input: { shape: "GetBookRequest" }, output: { shape: "Book" } } },
    ...changes,
    shapes: {
      GetBookRequest: { type: "structure", required: ["Title"], members: { Title: { shape: "Title" } } },
      Title: { type: "string" },
      Book: { type: "structure", members: { Title: { shape: "Title" }, Pages: { type: "integer" } } },
      ...(changes["shapes"] as Json | undefined),
    },
  };
}

/** The same for a protocol whose members have places in the request. */
export function restApi(changes: Json = {}, protocol = "rest-json"): Json {
  return api(changes, { protocol, jsonVersion: undefined, targetPrefix: undefined });
}

/** Reads a value as `api-2.json`, with companions as `c0.json` and on. */
export function read(value: unknown, ...companions: unknown[]): ReturnType<typeof readModel> {
  const options: ReadOptions = {
    companions: companions.map((each, index) => ({ file: `c${index}.json`, text: textOf(each) })),
  };
  return readModel({ file: "api-2.json", text: textOf(value) }, options);
}

export const namespace = "com.amazonaws.bookshelf";
