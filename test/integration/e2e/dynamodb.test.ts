import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isServiceError } from "@clientsmith/runtime";
import { testCredentials } from "@clientsmith/runtime/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "#runtime/client/client.js";
import type { Paginator } from "#runtime/operations/paginate.js";
import type { WaiterOptions } from "#runtime/operations/wait.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { verifyRequestsOf } from "./support/verified.js";

type Output = Readonly<Record<string, unknown>>;
type Operation = (client: Client, input: object) => Promise<Output>;
type Wait = (client: Client, input: object, options: WaiterOptions) => Promise<unknown>;
type Paginate = (client: Client, input: object) => Paginator<Output, unknown>;
type Dynalite = (options: { createTableMs: number; deleteTableMs: number }) => Server;

const file = sharedPath("models/dynamodb-2012-08-10.json");
const isInstalled = await peersInstalled();

const quick = { maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.05 };

/** dynalite is a server of DynamoDB's interface that others wrote: it says whether a generated client can live. */
describe.skipIf(file === undefined || !isInstalled)("a generated DynamoDB client and dynalite", () => {
  let module: ClientModule;
  let server: Server;
  let client: Client;

  const call = (name: string, input: object): Promise<Output> => (module[name] as Operation)(client, input);
  const failureOf = async (name: string, input: object): Promise<unknown> => {
    const error: unknown = await call(name, input).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    if (!isServiceError(error)) throw error ?? new Error(`${name} did not fail`);
    return error;
  };

  beforeAll(async () => {
    const [generated, loaded] = await Promise.all([
      generateClient(file ?? ""),
      // A module of CommonJS that is its function.
      peer("dynalite") as Promise<unknown>,
    ]);
    module = generated.module;
    server = (loaded as Dynalite)({ createTableMs: 50, deleteTableMs: 50 });
    verifyRequestsOf(server);
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const DynamoDBClient = module["DynamoDBClient"] as new (options: object) => Client;
    client = new DynamoDBClient({
      region: "us-east-1",
      endpoint: `http://127.0.0.1:${port}`,
      credentials: testCredentials,
    });
    await call("createTable", {
      TableName: "orders",
      AttributeDefinitions: [
        { AttributeName: "customer", AttributeType: "S" },
        { AttributeName: "number", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "customer", KeyType: "HASH" },
        { AttributeName: "number", KeyType: "RANGE" },
      ],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    });
    await (module["waitUntilTableExists"] as Wait)(client, { TableName: "orders" }, quick);
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await new Promise((resolve) => void server.close(resolve));
  });

  const keyOf = (customer: string, number: number) => ({ customer: { S: customer }, number: { N: String(number) } });

  it("describes the table that it waited for", async () => {
    const { Table } = await call("describeTable", { TableName: "orders" });
    expect(Table).toMatchObject({ TableName: "orders", TableStatus: "ACTIVE", ItemCount: 0 });
    expect((Table as { CreationDateTime: Date }).CreationDateTime.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it("puts every kind of value and gets it back", async () => {
    const Item = {
      ...keyOf("kinds", 1),
      text: { S: 'a "b" \\ \u2028 𝒳' },
      digits: { N: "12345678901234567890.123456789" },
      bytes: { B: Uint8Array.of(0, 255, 128) },
      texts: { SS: ["a", "b"] },
      numbers: { NS: ["1", "2.5"] },
      blobs: { BS: [Uint8Array.of(1), Uint8Array.of(2, 3)] },
      map: { M: { inner: { M: { deep: { L: [{ B: Uint8Array.of(9) }, { S: "x" }] } } }, empty: { M: {} } } },
      list: { L: [{ BOOL: false }, { NULL: true }, { L: [] }] },
      nothing: { NULL: true },
      yes: { BOOL: true },
    };
    await call("putItem", { TableName: "orders", Item });
    const read = await call("getItem", { TableName: "orders", Key: keyOf("kinds", 1), ConsistentRead: true });
    expect(read["Item"]).toEqual(Item);
  });

  it("updates an item, returns its new values, and deletes it", async () => {
    const Key = keyOf("changing", 1);
    const { Attributes } = await call("updateItem", {
      TableName: "orders",
      Key,
      UpdateExpression: "SET #t = :t, tags = :s ADD visits :one",
      ExpressionAttributeNames: { "#t": "total" },
      ExpressionAttributeValues: { ":t": { N: "10" }, ":s": { SS: ["new"] }, ":one": { N: "1" } },
      ReturnValues: "ALL_NEW",
      ReturnConsumedCapacity: "TOTAL",
    });
    expect(Attributes).toEqual({ ...Key, total: { N: "10" }, tags: { SS: ["new"] }, visits: { N: "1" } });
    const deleted = await call("deleteItem", { TableName: "orders", Key, ReturnValues: "ALL_OLD" });
    expect(deleted["Attributes"]).toEqual(Attributes);
    expect(await call("getItem", { TableName: "orders", Key })).not.toHaveProperty("Item");
  });

  it("fails on a condition with the error that the model has for it", async () => {
    const Item = { ...keyOf("once", 1), a: { S: "b" } };
    const put = { TableName: "orders", Item, ConditionExpression: "attribute_not_exists(customer)" };
    await call("putItem", put);
    const error = await failureOf("putItem", put);
    expect(error).toBeInstanceOf(module["ConditionalCheckFailedException"]);
    expect(error).toMatchObject({ name: "ConditionalCheckFailedException", status: 400, fault: "client", attempts: 1 });
  });

  it("fails on a table that is not there, and on what the service finds wrong", async () => {
    const missing = await failureOf("getItem", { TableName: "missing", Key: keyOf("a", 1) });
    expect(missing).toBeInstanceOf(module["ResourceNotFoundException"]);
    const invalid = await failureOf("getItem", { TableName: "orders", Key: { wrong: { S: "a" } } });
    expect(invalid).toMatchObject({ name: "ValidationException", status: 400 });
  });

  describe("with many items", () => {
    const count = 60;
    const numbers = Array.from({ length: count }, (_, index) => index);

    beforeAll(async () => {
      for (let start = 0; start < count; start += 25) {
        const requests = numbers
          .slice(start, start + 25)
          .map((number) => ({ PutRequest: { Item: { ...keyOf("many", number), text: { S: "x".repeat(1000) } } } }));
        const { UnprocessedItems } = await call("batchWriteItem", { RequestItems: { orders: requests } });
        if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error("dynalite left items of a batch");
      }
    });

    const query = {
      TableName: "orders",
      KeyConditionExpression: "customer = :c",
      ExpressionAttributeValues: { ":c": { S: "many" } },
      Limit: 25,
    };

    it("queries page by page", async () => {
      const pages: unknown[] = [];
      for await (const page of (module["paginateQuery"] as Paginate)(client, query)) pages.push(page["Count"]);
      expect(pages).toEqual([25, 25, 10]);
    });

    it("queries item by item, in order", async () => {
      const found: number[] = [];
      const items = (module["paginateQuery"] as Paginate)(client, query).items() as AsyncIterable<{
        number: { N: string };
      }>;
      for await (const { number } of items) found.push(Number(number.N));
      expect(found).toEqual(numbers);
    });

    it("scans all in two segments", async () => {
      const sums = await Promise.all(
        [0, 1].map(async (Segment) => {
          const input = {
            TableName: "orders",
            TotalSegments: 2,
            Segment,
            Limit: 20,
            FilterExpression: "customer = :c",
            ExpressionAttributeValues: { ":c": { S: "many" } },
          };
          let sum = 0;
          for await (const page of (module["paginateScan"] as Paginate)(client, input)) sum += Number(page["Count"]);
          return sum;
        }),
      );
      expect(sums.reduce((left, right) => left + right)).toBe(count);
    });

    it("gets many at once, and deletes and puts in one batch", async () => {
      const keys = [3, 5, 7].map((number) => keyOf("many", number));
      const { Responses, UnprocessedKeys } = await call("batchGetItem", {
        RequestItems: {
          orders: { Keys: keys, ProjectionExpression: "customer, #n", ExpressionAttributeNames: { "#n": "number" } },
        },
      });
      expect(UnprocessedKeys).toEqual({});
      const { orders } = Responses as { orders: object[] };
      expect(orders).toHaveLength(keys.length);
      expect(orders).toEqual(expect.arrayContaining(keys));

      const extra = { ...keyOf("batch", 1), b: { BOOL: true } };
      await call("batchWriteItem", { RequestItems: { orders: [{ PutRequest: { Item: extra } }] } });
      await call("batchWriteItem", { RequestItems: { orders: [{ DeleteRequest: { Key: keyOf("batch", 1) } }] } });
      expect(await call("getItem", { TableName: "orders", Key: keyOf("batch", 1) })).not.toHaveProperty("Item");
    });
  });

  it("reports that dynalite has no transactions, in words of the call", async () => {
    const TransactItems = [{ Put: { TableName: "orders", Item: keyOf("t", 1) } }];
    expect(await failureOf("transactWriteItems", { TransactItems })).toMatchObject({
      name: "UnknownOperationException",
    });
  });

  it("makes, tags, lists and deletes tables", async () => {
    const names = ["list-a", "list-b", "list-c"];
    for (const TableName of names) {
      await call("createTable", {
        TableName,
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "B" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      });
    }
    await Promise.all(names.map((TableName) => (module["waitUntilTableExists"] as Wait)(client, { TableName }, quick)));
    const listed: unknown[] = [];
    for await (const name of (module["paginateListTables"] as Paginate)(client, { Limit: 2 }).items())
      listed.push(name);
    expect(listed).toEqual([...names, "orders"]);

    const { Table } = await call("describeTable", { TableName: "list-a" });
    const { TableArn } = Table as { TableArn: string };
    await call("tagResource", { ResourceArn: TableArn, Tags: [{ Key: "team", Value: "blue" }] });
    const { Tags } = await call("listTagsOfResource", { ResourceArn: TableArn });
    expect(Tags).toEqual([{ Key: "team", Value: "blue" }]);

    for (const TableName of names) await call("deleteTable", { TableName });
    for (const TableName of names) {
      await (module["waitUntilTableNotExists"] as Wait)(client, { TableName }, quick);
    }
    expect(await call("listTables", {})).toMatchObject({ TableNames: ["orders"] });
  });
});
