import { join } from "node:path";
import { isServiceError, WaiterError } from "@clientsmith/runtime";
import { startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Client } from "#runtime/client/client.js";
import type { ServiceModel } from "#runtime/schema/service.js";
import { endpointParameters } from "#runtime/endpoints/resolve.js";
import type { WaiterOptions } from "#runtime/operations/wait.js";
import { type ClientModule, generateInto } from "../../support/generate-client.js";
import { root, sharedPath } from "../../support/shared.js";
import { verifying } from "./support/verified.js";

type Wait = (client: Client, input: object, options: WaiterOptions) => Promise<unknown>;
type ScriptedResponse = () => object;

/** The client of a model, in a folder that no other test writes. */
async function generated(name: string, model: string): Promise<ClientModule> {
  const folder = join(root, ".cache/waiters", name);
  await generateInto(folder, model);
  return (await import(join(folder, "src/index.ts"))) as ClientModule;
}

/** A local service whose operation responds one thing after the other, and a client of it. */
async function serve(module: ClientModule, service: string, operation: string, responses: readonly ScriptedResponse[]) {
  let calls = 0;
  const local = await startLocalService({
    service: module[`${service}Model`] as ServiceModel,
    handlers: { [operation]: () => (responses[Math.min(calls++, responses.length - 1)] ?? Object)() },
    onRequest: verifying(),
  });
  const Made = module[service] as new (options: object) => Client & Record<string, (...given: unknown[]) => unknown>;
  const client = new Made({
    region: "us-east-1",
    endpoint: local.endpoint,
    credentials: testCredentials,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    await client.close();
    await local.close();
  });
  return { client, calls: () => calls };
}

const failureOf = (waiting: Promise<unknown>): Promise<unknown> => waiting.catch((thrown: unknown) => thrown);

const quick = { maxWaitTime: 5, minDelay: 0.001, maxDelay: 0.002 };

/** Throws the error of that name, as a handler of the local service does. */
const failing =
  (module: ClientModule, name: string): ScriptedResponse =>
  () => {
    throw new (module[name] as new (fields: object) => Error)({ message: "not there" });
  };

describe("waiters of a generated client", async () => {
  const module = await generated("bookshelf", join(root, "test/fixtures/golden/bookshelf/model.json"));
  const book = { Isbn: "9780000000002", Title: "Trees", Genre: "poetry", Condition: 1 };
  const missing = failing(module, "BookNotFound");
  const found: ScriptedResponse = () => ({ Book: book });

  it("wait for a response, through an error", async () => {
    const { client, calls } = await serve(module, "Bookshelf", "getBook", [missing, missing, found]);
    const output = await (module["waitUntilBookArrived"] as Wait)(client, { Isbn: book.Isbn }, quick);
    expect(output).toMatchObject({ Book: { Title: "Trees" } });
    expect(calls()).toBe(3);
  });

  it("wait for an error, as methods too", async () => {
    const { client, calls } = await serve(module, "Bookshelf", "getBook", [found, found, missing]);
    expect(await client["waitUntilBookGone"]?.({ Isbn: book.Isbn }, quick)).toBeUndefined();
    expect(calls()).toBe(3);
  });

  it("look at lists, and at input and output together", async () => {
    const givenResponses = [
      { Books: [] },
      { Books: [{ ...book, Sequel: { ...book, Genre: "novel" } }] },
      { Books: [book, book] },
    ];
    const { client, calls } = await serve(
      module,
      "Bookshelf",
      "listBooks",
      givenResponses.map((response) => () => response),
    );
    expect(await client["waitUntilShelfFilled"]?.({ MaxResults: 2 }, quick)).toMatchObject({ Books: [{}, {}] });
    expect(calls()).toBe(3);
  });

  it("report which state ended them", async () => {
    const { client } = await serve(module, "Bookshelf", "listBooks", [
      () => ({ Books: [{ ...book, Genre: "novel", Condition: 2 }] }),
    ]);
    const error = await failureOf((module["waitUntilShelfFilled"] as Wait)(client, {}, quick));
    expect(error).toBeInstanceOf(WaiterError);
    expect(error).toMatchObject({
      message:
        'ShelfFilled: can no longer be reached (1 call); last call: one of Books[?Condition > `1`].Genre is "novel"',
      state: "failure",
    });
  });

  it("end at an error that no acceptor names", async () => {
    const { client } = await serve(module, "Bookshelf", "listBooks", [missing]);
    const error = await failureOf((module["waitUntilShelfFilled"] as Wait)(client, {}, quick));
    expect(isServiceError(error)).toBe(true);
  });
});

const dynamodb = sharedPath("models/dynamodb-2012-08-10.json");

describe.skipIf(dynamodb === undefined)("DynamoDB", async () => {
  const module = dynamodb === undefined ? {} : await generated("dynamodb", dynamodb);

  it("TableExists waits until the table is active", async () => {
    const { client, calls } = await serve(module, "DynamoDB", "describeTable", [
      failing(module, "ResourceNotFoundException"),
      () => ({ Table: { TableStatus: "CREATING" } }),
      () => ({ Table: { TableStatus: "ACTIVE" } }),
    ]);
    const output = await (module["waitUntilTableExists"] as Wait)(client, { TableName: "music" }, quick);
    expect(output).toMatchObject({ Table: { TableStatus: "ACTIVE" } });
    expect(calls()).toBe(3);
  });

  it("takes endpoint parameters from inside the input", () => {
    const { service, operations } = module["DynamoDBModel"] as ServiceModel;
    const parametersOf = (name: string, input: object): unknown => {
      const operation = operations[name];
      if (!operation) throw new Error(`no operation ${name}`);
      const { ResourceArn, ResourceArnList } = endpointParameters(service, operation, input, {} as never, {});
      return ResourceArn ?? ResourceArnList;
    };
    const RequestItems = { one: {}, two: {} };
    expect(parametersOf("batchGetItem", { RequestItems })).toEqual(["one", "two"]);
    expect(parametersOf("batchWriteItem", { RequestItems })).toEqual(["one", "two"]);
    expect(parametersOf("batchWriteItem", {})).toBeUndefined();
    const TransactItems = [{ Get: { TableName: "one", Key: {} } }, {}, { Get: { TableName: "two", Key: {} } }];
    expect(parametersOf("transactGetItems", { TransactItems })).toEqual(["one", "two"]);
    expect(parametersOf("importTable", { TableCreationParameters: { TableName: "one" } })).toBe("one");
  });
});
