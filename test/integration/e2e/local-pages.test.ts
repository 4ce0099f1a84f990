import { join } from "node:path";
import { readFileSync } from "node:fs";
import { serviceModel } from "clientsmith";
import { type LocalServiceOptions, paginated, startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Client } from "#runtime/client/client.js";
import type { Paginator } from "#runtime/operations/paginate.js";
import type { ServiceErrorClass } from "#runtime/schema/service.js";
import { modelIn } from "../../conformance/support/server-suite.js";
import { failureOf } from "../../support/failure.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { root, sharedPath } from "../../support/shared.js";

type Values = Readonly<Record<string, unknown>>;
type Paginate = (client: Client, input: object, options?: object) => Paginator<Values, unknown>;
type Call = (client: Client, input: object) => Promise<Values>;

const protocols = ["awsJson1_0", "awsJson1_1", "awsQuery", "ec2Query", "restJson1", "restXml", "rpcv2Cbor"] as const;

interface Found {
  readonly Books: readonly { readonly Title: string }[];
  readonly Next?: string;
  readonly Count?: number;
}

const books = Array.from({ length: 7 }, (_, index) => ({ Title: `Book ${index}` }));

/** The handlers of a service whose names and types are known to tests only. */
const handlersOf = (handlers: Readonly<Record<string, unknown>>): LocalServiceOptions["handlers"] =>
  handlers as LocalServiceOptions["handlers"];

async function start(protocol: string, handlers: (module: ClientModule) => Readonly<Record<string, unknown>>) {
  const { folder, module } = await generateClient(join(root, "test/fixtures/pages/model.smithy"), {
    protocol,
  });
  const errors: unknown[] = [];
  const local = await startLocalService({
    service: await modelIn(folder),
    handlers: handlersOf(handlers(module)),
    onError: (error) => errors.push(error),
  });
  const Shelves = module["ShelvesClient"] as new (options: object) => Client;
  const client = new Shelves({
    region: "eu-west-1",
    endpoint: local.endpoint,
    credentials: testCredentials,
    maxAttempts: 1,
    // Tokens of the local service have another form than the model's.
    validation: { pattern: false },
  });
  onTestFinished(async () => {
    await client.close();
    await local.close();
  });
  return { local, client, module, errors };
}

async function collect<Item>(iterable: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of iterable) items.push(item);
  return items;
}

describe.each(protocols)("pages of the local service over %s", (protocol) => {
  it("are cut from what the handler returns, for a paginator and by hand", async () => {
    const seen: unknown[] = [];
    const { client, module, local, errors } = await start(protocol, ({ InvalidMarker }) => ({
      listBooks: paginated<Values, { Found: Found }>(
        (input) => (seen.push(input), { Found: { Books: books, Next: "a token of the handler" } }),
        {
          complete: ({ Found }) => ({ Found: { ...Found, Count: Found.Books.length } }),
          invalidToken: InvalidMarker as ServiceErrorClass,
        },
      ),
      listAuthors: paginated(() => ({ Authors: ["a", "b", "c"] }), { items: "Authors", pageSize: 2 }),
    }));
    const paginate = module["paginateListBooks"] as Paginate;
    const pages = await collect(paginate(client, { Title: "Book" }).pages());
    // The maximum of the model.
    expect(pages.map(({ Found }) => Found as Found)).toMatchObject([{ Count: 3 }, { Count: 3 }, { Count: 1 }]);
    expect(pages.flatMap(({ Found }) => (Found as Found).Books)).toEqual(books);
    expect(pages.map(({ Found }) => (Found as Found).Next === undefined)).toEqual([false, false, true]);
    expect(await collect(paginate(client, {}, { pageSize: 2 }).items())).toEqual(books);
    expect(seen.slice(0, 4)).toEqual([{ Title: "Book" }, { Title: "Book" }, { Title: "Book" }, { Limit: 2 }]);
    expect(local.requests).toHaveLength(7);

    const listBooks = module["listBooks"] as Call;
    const first = (await listBooks(client, { Title: "Book" }))["Found"] as Found;
    const Marker = first.Next ?? "";
    expect(Marker).toMatch(/^[\da-f]{32}$/);
    // Another page size continues at the same item.
    const second = (await listBooks(client, { Title: "Book", Marker, Limit: 1 }))["Found"] as Found;
    expect(second.Books).toEqual([{ Title: "Book 3" }]);
    const flipped = Marker.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
    for (const wrong of [{ Marker: "made up" }, { Title: "Book", Marker: flipped }, { Title: "other", Marker }]) {
      expect(await failureOf(listBooks(client, wrong))).toMatchObject({ name: "InvalidMarker", status: 400 });
    }

    const listAuthors = module["listAuthors"] as Call;
    const authors = await listAuthors(client, {});
    expect(authors["Authors"]).toEqual(["a", "b"]);
    expect((await listAuthors(client, { Marker: authors["Marker"] }))["Authors"]).toEqual(["c"]);
    const error = await failureOf(listAuthors(client, { Marker: Marker }));
    expect(error).toMatchObject({ name: "ValidationException", status: 400 });
    expect(String((error as Error).message)).toBe(
      "1 validation error detected. Value at '/Marker' failed to satisfy constraint: " +
        "Member must be a token that the service returned for the same input",
    );
    expect(errors).toEqual([]);
  });
});

describe("pages of the local service", () => {
  const model = (): Promise<LocalServiceOptions["service"]> =>
    generateClient(join(root, "test/fixtures/pages/model.smithy"), { protocol: "restJson1" }).then(({ folder }) =>
      modelIn(folder),
    );

  it.each([
    [
      "an operation without pages",
      { countBooks: paginated(() => ({})) },
      "handlers.countBooks is paginated, but the model does not declare pages for it",
    ],
    [
      "unknown items",
      { listAuthors: paginated(() => ({})) },
      'handlers.listAuthors: the model does not name the member with the items: pass paginated(handler, { items: "Authors" })',
    ],
    [
      "no page size",
      { listBooks: paginated(() => ({}), { pageSize: 0 }) },
      "handlers.listBooks: pageSize must be a whole number from 1, but is 0",
    ],
  ])("are not made for %s", async (_what, handlers, message) => {
    const starting = startLocalService({ service: await model(), handlers: handlersOf(handlers) });
    await expect(starting).rejects.toThrow(TypeError);
    await expect(starting).rejects.toThrow(message);
  });

  it("are the errors of a handler if it returns no items", async () => {
    const outputs = [{ Authors: "none" }, {}, undefined];
    const { client, module, errors } = await start("restJson1", () => ({
      listAuthors: paginated(() => outputs.shift() as object, { items: "Authors" }),
    }));
    const listAuthors = module["listAuthors"] as Call;
    expect(await failureOf(listAuthors(client, {}))).toMatchObject({ name: "InternalFailure" });
    expect(await listAuthors(client, {})).toEqual({ $metadata: expect.anything() as unknown });
    expect(await failureOf(listAuthors(client, {}))).toMatchObject({ name: "InternalFailure" });
    expect(errors.map(String)).toEqual([
      expect.stringContaining("ListAuthors returned an invalid ListAuthorsOutput"),
      expect.stringContaining("ListAuthors must return an object, but returned undefined"),
    ]);
  });
});

const isInstalled = await peersInstalled();

describe.skipIf(!isInstalled || !sharedPath("models"))("official paginators and the local service", () => {
  async function official(
    file: string,
    handlers: Readonly<Record<string, unknown>>,
    name: string,
    options: object = {},
  ) {
    const text = readFileSync(sharedPath(`models/${file}.json`) ?? "", "utf8");
    const errors: unknown[] = [];
    const local = await startLocalService({
      service: (await serviceModel(text)).model,
      handlers: handlersOf(handlers),
      onError: (error) => errors.push(error),
    });
    const module = await peer(`@aws-sdk/client-${name}`);
    const [, Client] =
      Object.entries(module).find(([each]) => /^[A-Z]\w*Client$/.test(each) && each !== "__Client") ?? [];
    const client = new (Client as new (options: object) => { destroy(): void })({
      region: "eu-west-1",
      endpoint: local.endpoint,
      credentials: testCredentials,
      maxAttempts: 1,
      ...options,
    });
    onTestFinished(async () => {
      client.destroy();
      await local.close();
      expect(errors).toEqual([]);
    });
    return (paginator: string, config: object, input: object): Promise<Values[]> =>
      collect((module[paginator] as (...args: unknown[]) => AsyncIterable<Values>)({ client, ...config }, input));
  }

  it("Scan of DynamoDB, whose token is a map", async () => {
    const items = Array.from({ length: 5 }, (_, index) => ({ id: { N: String(index) } }));
    const pagesOf = await official(
      "dynamodb-2012-08-10",
      {
        scan: paginated<Values, { Items: readonly object[]; Count?: number }>(() => ({ Items: items }), {
          complete: (page) => ({ ...page, Count: page.Items.length }),
        }),
      },
      "dynamodb",
    );
    const pages = await pagesOf("paginateScan", { pageSize: 2 }, { TableName: "things" });
    expect(pages.map(({ Count }) => Count)).toEqual([2, 2, 1]);
    expect(pages.flatMap(({ Items }) => Items)).toEqual(items);
  });

  it("ListObjectsV2 of S3, whose model does not name the items", async () => {
    const Contents = Array.from({ length: 5 }, (_, index) => ({ Key: `key ${index}`, Size: index }));
    const pagesOf = await official(
      "s3-2006-03-01",
      {
        listObjectsV2: paginated<Values, { Contents: readonly object[]; NextContinuationToken?: string }>(
          () => ({ Contents }),
          {
            items: "Contents",
            complete: (page) => ({
              ...page,
              KeyCount: page.Contents.length,
              IsTruncated: page.NextContinuationToken !== undefined,
            }),
          },
        ),
      },
      "s3",
      { forcePathStyle: true },
    );
    const pages = await pagesOf("paginateListObjectsV2", { pageSize: 3 }, { Bucket: "b" });
    expect(pages.map(({ KeyCount, IsTruncated }) => [KeyCount, IsTruncated])).toEqual([
      [3, true],
      [2, false],
    ]);
    expect(pages.flatMap((page) => (page["Contents"] as { Key: string }[]).map(({ Key }) => Key))).toEqual(
      Contents.map(({ Key }) => Key),
    );
  });

  it("ListParts of S3, which says itself that there are no more", async () => {
    const Parts = Array.from({ length: 3 }, (_, index) => ({ PartNumber: index + 1 }));
    const pagesOf = await official("s3-2006-03-01", { listParts: paginated(() => ({ Parts })) }, "s3", {
      forcePathStyle: true,
    });
    const pages = await pagesOf("paginateListParts", { pageSize: 2 }, { Bucket: "b", Key: "k", UploadId: "u" });
    expect(pages.map(({ IsTruncated }) => IsTruncated)).toEqual([true, false]);
    expect(pages.flatMap((page) => page["Parts"])).toEqual(Parts);
  });

  it("GetLogEvents of CloudWatch Logs, whose last page has the token that was sent", async () => {
    const file = sharedPath("models/cloudwatch-logs-2014-03-28.json") ?? "";
    const { folder, module } = await generateClient(file);
    const events = Array.from({ length: 5 }, (_, index) => ({ message: `event ${index}` }));
    const local = await startLocalService({
      service: await modelIn(folder),
      handlers: handlersOf({ getLogEvents: paginated(() => ({ events })) }),
    });
    const Logs = module["CloudWatchLogsClient"] as new (options: object) => Client;
    const { endpoint } = local;
    const client = new Logs({ region: "eu-west-1", endpoint, credentials: testCredentials });
    onTestFinished(async () => {
      await client.close();
      await local.close();
    });
    const paginate = module["paginateGetLogEvents"] as Paginate;
    const pages = await collect(paginate(client, { logStreamName: "s", limit: 2 }));
    expect(pages.map((page) => (page["events"] as unknown[]).length)).toEqual([2, 2, 1, 0]);
    expect(pages.flatMap((page) => page["events"])).toEqual(events);
  });

  it("ListTrails of CloudTrail", async () => {
    const { CloudTrailModel } = await import("@clientsmith/cloudtrail/model");
    const Trails = Array.from({ length: 5 }, (_, index) => ({ Name: `trail-${index}` }));
    const local = await startLocalService({
      service: CloudTrailModel,
      handlers: { listTrails: paginated(() => ({ Trails }), { pageSize: 2 }) },
    });
    onTestFinished(() => local.close());
    const { CloudTrailClient: Client, paginateListTrails } = await peer("@aws-sdk/client-cloudtrail");
    const client = new (Client as new (options: object) => object)({
      region: "eu-west-1",
      endpoint: local.endpoint,
      credentials: testCredentials,
    });
    const pages = await collect(
      (paginateListTrails as (config: object, input: object) => AsyncIterable<Values>)({ client }, {}),
    );
    expect(pages.map((page) => (page["Trails"] as unknown[]).length)).toEqual([2, 2, 1]);
    expect(pages.flatMap((page) => page["Trails"])).toEqual(Trails);
  });
});
