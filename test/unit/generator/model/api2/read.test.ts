import { describePagination } from "#generator/ir/descriptor.js";
import { describe, expect, it } from "vitest";
import { findServices, readModel } from "#generator/model/index.js";
import { readService } from "#generator/read-service.js";
import { membersOf, shapeOf } from "../smithy/support/model.js";
import { api, type Json, metadata, namespace, read, restApi } from "./support.js";

const id = (name: string): string => `${namespace}#${name}`;

/** The model of a description that nothing is wrong with. */
function modelOf(value: unknown, ...companions: unknown[]) {
  const { model, diagnostics } = read(value, ...companions);
  expect(diagnostics).toEqual([]);
  if (!model) throw new Error("there is no model");
  return model;
}

function traitsOf(value: unknown, ...companions: unknown[]): Json {
  const [service] = findServices(modelOf(value, ...companions));
  return { ...service?.traits };
}

/** Names, targets and traits of the members of a shape `X`. */
const membersOfX = (X: Json, make: (changes: Json) => Json = api): [string, string, Json][] =>
  membersOf(shapeOf(modelOf(make({ shapes: { X } })), id("X"), "structure")).map(([name, to, traits]) => [
    name,
    to.replace(`${namespace}#`, "").replace("smithy.api#", ""),
    Object.fromEntries(Object.entries(traits).map(([trait, value]) => [trait.replace("smithy.api#", ""), value])),
  ]);

describe("metadata", () => {
  it("are the service's traits", () => {
    const { "smithy.rules#endpointRuleSet": rules, ...traits } = traitsOf(api());
    expect(traits).toEqual({
      "aws.api#service": { sdkId: "Book Shelf", endpointPrefix: "shelf" },
      "smithy.api#title": "Example Shelf",
      "aws.protocols#awsJson1_1": {},
      "aws.auth#sigv4": { name: "shelf" },
      "clientsmith.api2#targetPrefix": "com.example.Shelf_2020",
    });
    expect(rules).toMatchObject({ version: "1.0" });
    const { service } = readService(modelOf(api()));
    expect(service).toMatchObject({ id: id("Shelf_2020"), shapeName: "com.example.Shelf_2020", version: "2020-01-01" });
  });

  it.each([
    ["json", { jsonVersion: "1.0" }, { "aws.protocols#awsJson1_0": {} }],
    ["json", { awsQueryCompatible: {} }, { "aws.protocols#awsQueryCompatible": {} }],
    ["json", { protocols: ["json", "smithy-rpc-v2-cbor"] }, { "smithy.protocols#rpcv2Cbor": {} }],
    ["smithy-rpc-v2-cbor", { jsonVersion: undefined }, { "smithy.protocols#rpcv2Cbor": {} }],
    [
      "smithy-rpc-v2-cbor",
      { protocols: ["smithy-rpc-v2-cbor", "json", "query"], jsonVersion: "1.0", awsQueryCompatible: {} },
      {
        "smithy.protocols#rpcv2Cbor": {},
        "aws.protocols#awsJson1_0": {},
        "aws.protocols#awsQueryCompatible": {},
      },
    ],
    ["rest-json", {}, { "aws.protocols#restJson1": {} }],
    ["rest-xml", {}, { "aws.protocols#restXml": {} }],
    ["query", { xmlNamespace: "urn:x" }, { "aws.protocols#awsQuery": {}, "smithy.api#xmlNamespace": { uri: "urn:x" } }],
    ["ec2", { signingName: "sign" }, { "aws.protocols#ec2Query": {}, "aws.auth#sigv4": { name: "sign" } }],
  ])("of the protocol %s with %j", (protocol, meta, expected) => {
    expect(traitsOf(api({}, { protocol, ...meta }))).toMatchObject(expected);
  });

  it("of RPC v2 CBOR without JSON leave no other protocol", () => {
    const traits = traitsOf(api({}, { protocol: "smithy-rpc-v2-cbor", protocols: ["smithy-rpc-v2-cbor"] }));
    expect(Object.keys(traits).filter((trait) => trait.includes("protocols#"))).toEqual(["smithy.protocols#rpcv2Cbor"]);
    const { service } = readService(modelOf(api({}, { protocol: "smithy-rpc-v2-cbor" })));
    expect(service).toMatchObject({
      shapeName: "com.example.Shelf_2020",
      protocol: { id: "smithy.protocols#rpcv2Cbor" },
    });
  });

  it("make way for the names of operations", () => {
    const { operations } = findServices(
      modelOf(api({ operations: { Shelf_2020: {}, Book: { output: { shape: "Book" } } } })),
    )[0] ?? { operations: [] };
    expect(operations).toEqual([id("Shelf_2020"), id("Book")]);
    const model = modelOf(api({ operations: { Book: { output: { shape: "Book" } } } }));
    expect(shapeOf(model, id("Book"), "operation").output).toBe(id("BookShape"));
    expect(shapeOf(model, id("BookShape"), "structure").members.size).toBe(2);
  });
});

describe("members", () => {
  it("have their constraints and what they are for", () => {
    expect(
      membersOfX({
        type: "structure",
        required: ["a"],
        members: {
          a: { documentation: "<p>A</p>", min: 1, max: 9, pattern: "x+" },
          b: { type: "integer", min: 0, box: true },
          c: { idempotencyToken: true, deprecated: true, deprecatedMessage: "old" },
          d: { type: "timestamp", timestampFormat: "rfc822" },
          e: { type: "blob", sensitive: true },
          f: { jsonvalue: true },
          g: { type: "structure", members: {}, document: true },
          h: { type: "map", key: {}, value: {} },
          i: { enum: ["ONE", "two words"] },
        },
      }),
    ).toEqual([
      ["a", "String", { documentation: "<p>A</p>", length: { min: 1, max: 9 }, pattern: "x+", required: {} }],
      ["b", "Integer", { range: { min: 0 } }],
      ["c", "String", { idempotencyToken: {}, deprecated: { message: "old" } }],
      ["d", "Timestamp", { timestampFormat: "http-date" }],
      ["e", "Blob", { sensitive: {} }],
      ["f", "String", { mediaType: "application/json" }],
      ["g", "Document", {}],
      ["h", "XH", {}],
      ["i", "XI", {}],
    ]);
  });

  it("stand where the protocol rest-json says", () => {
    expect(
      membersOfX(
        {
          type: "structure",
          members: {
            a: { location: "header", locationName: "X-A" },
            b: { location: "headers", locationName: "x-b-", type: "map", key: {}, value: {} },
            c: { location: "querystring", locationName: "c-c" },
            d: { location: "querystring", type: "map", key: {}, value: {} },
            e: { location: "statusCode", type: "integer" },
            f: { locationName: "F" },
            g: { locationName: "g" },
          },
        },
        restApi,
      ),
    ).toEqual([
      ["a", "String", { httpHeader: "X-A" }],
      ["b", "XB", { httpPrefixHeaders: "x-b-" }],
      ["c", "String", { httpQuery: "c-c" }],
      ["d", "XD", { httpQueryParams: {} }],
      ["e", "Integer", { httpResponseCode: {} }],
      ["f", "String", { jsonName: "F" }],
      ["g", "String", {}],
    ]);
  });

  it("have their names in XML, in the order of the trait", () => {
    const List = { type: "list", member: { locationName: "item" } };
    const description = restApi(
      {
        shapes: {
          Flat: { ...List, flattened: true },
          List,
          Spaced: { type: "structure", members: {}, xmlNamespace: { uri: "urn:s", prefix: "s" } },
          X: {
            type: "structure",
            xmlOrder: ["b", "a"],
            members: {
              a: { shape: "List", locationName: "As" },
              b: { shape: "List", flattened: true, locationName: "Bs" },
              c: { shape: "Flat" },
              d: { xmlAttribute: true, locationName: "s:d" },
              e: { shape: "Spaced" },
            },
          },
        },
      },
      "rest-xml",
    );
    expect(
      membersOf(shapeOf(modelOf(description), id("X"), "structure")).map(([name, , traits]) => [name, traits]),
    ).toEqual([
      ["b", { "smithy.api#xmlName": "item", "smithy.api#xmlFlattened": {} }],
      ["a", { "smithy.api#xmlName": "As" }],
      ["c", { "smithy.api#xmlName": "item", "smithy.api#xmlFlattened": {} }],
      ["d", { "smithy.api#xmlName": "s:d", "smithy.api#xmlAttribute": {} }],
      ["e", { "smithy.api#xmlNamespace": { uri: "urn:s", prefix: "s" } }],
    ]);
  });

  it("may be called like what every object has", () => {
    const X = JSON.parse('{ "type": "structure", "members": { "__proto__": {}, "constructor": {} } }') as Json;
    expect(membersOfX(X).map(([name]) => name)).toEqual(["__proto__", "constructor"]);
  });
});

describe("shapes", () => {
  it("leave out their types in abbreviated files, and their names where they are used once", () => {
    const { metadata: meta } = api();
    const model = modelOf({
      metadata: meta,
      operations: {
        Get: {
          input: { type: "structure", required: ["Key"], members: { Key: { shape: "S1" } } },
          output: {
            members: {
              Item: { members: { a: { member: { members: { b: {} } } } } },
              Map: { key: {}, value: { shape: "S1" } },
            },
          },
        },
      },
      shapes: { S1: { members: {} } },
    });
    expect([...model.shapes.keys()].filter((each) => each.startsWith(namespace)).toSorted()).toEqual(
      [
        "Get",
        "GetRequest",
        "GetResponse",
        "GetResponseItem",
        "GetResponseItemA",
        "GetResponseItemAItem",
        "GetResponseMap",
      ]
        .concat("S1", "Shelf_2020")
        .map(id)
        .toSorted(),
    );
  });

  it("are unions, streams and errors", () => {
    const model = modelOf(
      api(
        {
          operations: { Get: { output: { shape: "Out" }, errors: [{ shape: "Gone" }, { shape: "Broken" }] } },
          shapes: {
            Out: {
              members: {
                either: { shape: "Either" },
                body: { type: "blob", streaming: true, requiresLength: true },
                events: { shape: "Events" },
              },
            },
            Either: { union: true, members: { a: {}, b: {} } },
            Events: { eventstream: true, members: { a: { shape: "Out" } } },
            Gone: {
              type: "structure",
              members: {},
              exception: true,
              error: { code: "NoLonger", httpStatusCode: 410, senderFault: true },
            },
            Broken: { type: "structure", members: {}, exception: true, fault: true, retryable: { throttling: true } },
          },
        },
        { protocol: "query" },
      ),
    );
    expect(shapeOf(model, id("Either"), "union").members.size).toBe(2);
    expect(shapeOf(model, id("Events"), "union").traits).toEqual({ "smithy.api#streaming": {} });
    const { body } = Object.fromEntries(shapeOf(model, id("Out"), "structure").members);
    expect(body?.traits).toMatchObject({ "smithy.api#streaming": {}, "smithy.api#requiresLength": {} });
    expect(shapeOf(model, id("Gone"), "structure").traits).toEqual({
      "smithy.api#error": "client",
      "smithy.api#httpError": 410,
      "aws.protocols#awsQueryError": { code: "NoLonger", httpResponseCode: 410 },
    });
    expect(shapeOf(model, id("Broken"), "structure").traits).toEqual({
      "smithy.api#error": "server",
      "smithy.api#retryable": { throttling: true },
    });
    expect(shapeOf(model, id("Get"), "operation").errors).toEqual([id("Gone"), id("Broken")]);
  });
});

describe("operations", () => {
  it("have their location and their facts", () => {
    const model = modelOf(
      restApi({
        operations: {
          GetBook: {
            http: { method: "GET", requestUri: "/books/{title-of}/{Rest+}?full", responseCode: 202 },
            input: { shape: "In", locationName: "Root", xmlNamespace: { uri: "urn:i" } },
            endpoint: { hostPrefix: "{Title}." },
            endpointdiscovery: { required: true },
            authtype: "none",
            httpChecksumRequired: true,
            requestcompression: { encodings: ["gzip"] },
            idempotent: true,
            deprecated: true,
          },
          Ask: { endpointoperation: true },
        },
        shapes: {
          In: {
            required: ["Title", "Rest"],
            payload: "Body",
            members: {
              Title: { location: "uri", locationName: "title-of", hostLabel: true, endpointdiscoveryid: true },
              Rest: { location: "uri", locationName: "Rest" },
              Body: { type: "structure", members: {} },
            },
          },
        },
      }),
    );
    expect(shapeOf(model, id("GetBook"), "operation").traits).toEqual({
      "smithy.api#http": { method: "GET", uri: "/books/{Title}/{Rest+}?full", code: 202 },
      "smithy.api#endpoint": { hostPrefix: "{Title}." },
      "smithy.api#auth": [],
      "aws.api#clientDiscoveredEndpoint": { required: true },
      "smithy.api#httpChecksumRequired": {},
      "smithy.api#requestCompression": { encodings: ["gzip"] },
      "smithy.api#idempotent": {},
      "smithy.api#deprecated": {},
    });
    expect(membersOf(shapeOf(model, id("In"), "structure")).map(([, , traits]) => Object.keys(traits))).toEqual([
      ["smithy.api#hostLabel", "aws.api#clientEndpointDiscoveryId", "smithy.api#httpLabel", "smithy.api#required"],
      ["smithy.api#httpLabel", "smithy.api#required"],
      ["smithy.api#httpPayload"],
    ]);
    expect(findServices(model)[0]?.traits).toMatchObject({
      "aws.api#clientEndpointDiscovery": { operation: id("Ask") },
    });
  });
});

describe("paginators and waiters", () => {
  const shapes = {
    ListIn: { members: { A: {}, B: {}, Max: { type: "integer" } } },
    ListOut: { members: { A: {}, B: {}, More: { type: "boolean" }, Items: { member: {} } } },
  };
  const operations = { List: { input: { shape: "ListIn" }, output: { shape: "ListOut" } } };
  const pagesOf = (pages: Json): Json => {
    const model = modelOf(api({ operations, shapes }), { pagination: { List: pages } });
    const [operation] = readService(model).service?.operations ?? [];
    return {
      functions: operation?.pagination && (describePagination(operation.pagination) as Json),
      classic: operation?.classicPagination,
    };
  };

  it("use one token", () => {
    const pages = { input_token: "A", output_token: "A", limit_key: "Max", result_key: ["Items", "B"] };
    const functions = { inputToken: "A", outputToken: ["A"], items: ["Items"], pageSize: "Max" };
    expect(pagesOf(pages)).toEqual({ functions, classic: undefined });
    expect(pagesOf({ ...pages, more_results: "More" })).toEqual({
      functions: { ...functions, moreResults: ["More"] },
      classic: undefined,
    });
  });

  it("use several tokens, or none, in the classic service object alone", () => {
    expect(pagesOf({ input_token: ["A", "B"], output_token: ["B", "A"] })).toEqual({
      functions: undefined,
      classic: { inputToken: "A", outputToken: ["B"], further: [{ inputToken: "B", outputToken: ["A"] }] },
    });
    expect(pagesOf({ result_key: "Items" })).toEqual({
      functions: undefined,
      classic: { inputToken: "", outputToken: [], items: ["Items"] },
    });
  });

  const acceptors = [
    { state: "success", matcher: "path", argument: "A", expected: "there" },
    { state: "success", matcher: "path", argument: "More", expected: true },
    { state: "failure", matcher: "pathAny", argument: "Items[]", expected: "x" },
    { state: "retry", matcher: "pathAll", argument: "Items[]", expected: "y" },
    { state: "retry", matcher: "error", expected: "NotYet" },
    { state: "success", matcher: "status", expected: 404 },
    { state: "retry", matcher: "status", expected: 200 },
  ];

  it("wait for paths, errors and statuses", () => {
    const waiters = { ListThere: { operation: "List", delay: 150, maxAttempts: 4, description: "Waits.", acceptors } };
    const model = modelOf(api({ operations, shapes }), { version: 2, waiters });
    const [waiter] = readService(model).service?.operations[0]?.waiters ?? [];
    expect(waiter).toMatchObject({ name: "ListThere", minDelay: 150, maxDelay: 150, maxAttempts: 4 });
    expect(waiter?.acceptors.map(({ state, matcher }) => [state, ...Object.values(matcher)])).toEqual([
      ["success", "output", "A", "stringEquals", "there"],
      ["success", "output", "More", "booleanEquals", "true"],
      ["failure", "output", "Items[]", "anyStringEquals", "x"],
      ["retry", "output", "Items[]", "allStringEquals", "y"],
      ["retry", "errorType", "NotYet"],
      ["success", "status", 404],
      ["retry", "success", true],
    ]);
  });

  it("may be in the description, as AWS SDK v2 joins them", () => {
    const model = modelOf({
      ...api({ operations, shapes }),
      paginators: { List: { input_token: "A", output_token: "A" } },
      waiters: { ListThere: { operation: "List", delay: 1, maxAttempts: 4, acceptors } },
    });
    const [operation] = readService(model).service?.operations ?? [];
    expect(operation?.pagination?.inputToken).toBe("A");
    expect(operation?.waiters.map(({ name }) => name)).toEqual(["ListThere"]);
  });
});

describe("overlays", () => {
  it("correct a description by the ids of its Smithy form", () => {
    const overlay = { reason: "It is.", apply: [{ shape: id("Title"), traits: { "smithy.api#length": { max: 5 } } }] };
    const source = { file: "api-2.json", text: JSON.stringify(api()) };
    const { model } = readModel(source, { overlays: [{ file: "o.json", text: JSON.stringify(overlay) }] });
    expect(model?.shapes.get(id("Title"))?.traits).toEqual({ "smithy.api#length": { max: 5 } });
    expect(metadata.serviceId).toBe("Book Shelf");
  });
});
