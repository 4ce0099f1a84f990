import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { LocalService } from "@clientsmith/runtime/testing";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { npm, npmInstall } from "../../support/npm.js";
import { root, sharedPath } from "../../support/shared.js";
import { runCli } from "../../integration/plugins/support.js";

const folder = join(root, "examples/plugins/tanstack-query");
const plugin = join(folder, "dist/index.js");
/** Below the plug-in, so that generated packages find the TanStack Query that it has installed. */
const cache = join(folder, ".cache");

async function generateInto(name: string, model: string): Promise<string> {
  const to = join(cache, name);
  rmSync(to, { recursive: true, force: true });
  const { code, stderr } = await runCli(folder, "generate", model, "--out", to, "--package", name, "--plugin", plugin);
  if (code !== 0) throw new Error(stderr);
  return to;
}

/** What the compiler reports about the modules of a package, with the settings of this repository. */
function complaints(to: string): string {
  const settings = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { noEmit: true, composite: false, declaration: true, isolatedDeclarations: true },
    include: [join(to, "src"), join(to, "uses.ts")],
    exclude: [],
  };
  writeFileSync(join(to, "tsconfig.uses.json"), JSON.stringify(settings));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", join(to, "tsconfig.uses.json")], {
    encoding: "utf8",
  });
  if (status === null || status > 2) throw new Error(`The compiler ended with ${status}: ${stdout}`);
  // The runtime's own sources are held to their own settings.
  return stdout
    .split("\n")
    .filter((line) => !line.startsWith("runtime/"))
    .join("\n");
}

/** Calls of TanStack Query whose types must follow from the options alone. */
const uses = `
import { InfiniteQueryObserver, MutationObserver, QueryClient, QueryObserver } from "@tanstack/query-core";
import { BookshopClient, type Book, type NotFound } from "./src/index.js";
import { getBookQuery, getOrderQuery, listBooksInfiniteQuery, listBooksQuery, placeOrderMutation } from "./src/tanstack-query.js";

const client = new BookshopClient({ endpoint: "http://127.0.0.1", apiKey: "key" });
const queries = new QueryClient();

export const title: string = (await queries.fetchQuery(getBookQuery(client, { isbn: "1" }))).title;
export const known: string | undefined = queries.getQueryData(getBookQuery(client, { isbn: "1" }).queryKey)?.title;
export const books: readonly Book[] = (await queries.fetchQuery(listBooksQuery(client))).books;
export const pages: readonly Book[] = (await queries.fetchInfiniteQuery(listBooksInfiniteQuery(client, { pageSize: 2 }))).pages.flatMap((page) => page.books);

const observer = new QueryObserver(queries, { ...getOrderQuery(client, { orderId: "1" }), refetchInterval: 1000 });
observer.subscribe(({ data, error }) => {
  const state: string | undefined = data?.state;
  const name: string | undefined = error?.name;
  if (error && error.name === "NotFound") void (error as NotFound).requestId;
  // @ts-expect-error: an order has no title
  void data?.title;
  void [state, name];
});
new InfiniteQueryObserver(queries, listBooksInfiniteQuery(client)).subscribe(({ data, error }) => {
  const first: string | undefined = data?.pages[0]?.books[0]?.title;
  const code: string | undefined = error?.code;
  void [first, code];
});
const mutation = new MutationObserver(queries, placeOrderMutation(client));
const { orderId }: { orderId: string } = await mutation.mutate({ isbn: "1", copies: 1, shipTo: "1 Main Street" });
void orderId;
// @ts-expect-error: the input is required
await mutation.mutate();
// @ts-expect-error: a book has an ISBN
getBookQuery(client, {});
`;

/** The parts of TanStack Query and of the generated package that the tests use. */
interface QueryCore {
  readonly QueryClient: new () => {
    fetchQuery(options: object): Promise<unknown>;
    fetchInfiniteQuery(options: object): Promise<{ readonly pages: readonly { readonly books: readonly unknown[] }[] }>;
    cancelQueries(filters: object): Promise<void>;
    getQueryData(key: unknown): unknown;
  };
  readonly MutationObserver: new (queries: object, options: object) => { mutate(input: object): Promise<unknown> };
}
type Options = (client: object, input?: object) => { readonly queryKey: unknown };

describe("the plug-in for TanStack Query", () => {
  let isInstalled = false;
  let to = "";

  beforeAll(async () => {
    const skipped = "the plug-in for TanStack Query";
    isInstalled = existsSync(join(folder, "node_modules/@tanstack")) || npmInstall(folder, ["ci"], skipped);
    if (!isInstalled) return;
    npm(folder, "run", "build");
    mkdirSync(cache, { recursive: true });
    to = await generateInto("bookshop", join(root, "examples/bookshop/bookshop.smithy"));
  }, 120_000);

  it("types queries, pages, mutations and their errors", (context) => {
    context.skip(!isInstalled);
    writeFileSync(join(to, "uses.ts"), uses);
    expect(complaints(to)).toBe("");
  }, 60_000);

  const models = ["s3-2006-03-01", "cloudwatch-logs-2014-03-28", "dynamodb-2012-08-10", "lambda-2015-03-31"];
  for (const model of models) {
    const file = sharedPath(`models/${model}.json`);
    it.skipIf(file === undefined)(
      `compiles for ${model}, whatever its tokens are`,
      async (context) => {
        context.skip(!isInstalled);
        expect(complaints(await generateInto(model, file ?? ""))).toBe("");
      },
      120_000,
    );
  }

  it("reads pages and books, orders one, and aborts a query that is cancelled", async (context) => {
    context.skip(!isInstalled);
    const { QueryClient, MutationObserver } = (await import(
      pathToFileURL(createRequire(join(folder, "package.json")).resolve("@tanstack/query-core")).href
    )) as QueryCore;
    const bookshop = (await import(join(to, "src/index.ts"))) as Readonly<Record<string, unknown>>;
    const options = (await import(join(to, "src/tanstack-query.ts"))) as Readonly<Record<string, Options>>;
    const { startBookshop, apiKey } = (await import(join(root, "examples/bookshop/server.ts"))) as {
      readonly startBookshop: (bookshop: unknown) => Promise<LocalService>;
      readonly apiKey: string;
    };
    const shop = await startBookshop(bookshop);
    const Client = bookshop["BookshopClient"] as new (options: object) => { close(): Promise<void> };
    const client = new Client({ endpoint: shop.endpoint, apiKey });
    onTestFinished(async () => {
      await client.close();
      await shop.close();
    });
    const call = (name: string, input?: object): ReturnType<Options> => {
      const make = options[name];
      if (!make) throw new Error(`no ${name}`);
      return make(client, input);
    };

    const queries = new QueryClient();
    // The first request finds the shop closed: the client retries, the query does not.
    const { pages } = await queries.fetchInfiniteQuery({ ...call("listBooksInfiniteQuery"), pages: 3 });
    expect(pages.map(({ books }) => books.length)).toEqual([4, 2]);
    expect(shop.requests.map(({ status }) => status)).toEqual([503, 200, 200]);

    const book = call("getBookQuery", { isbn: "978-0-14-043000-1" });
    expect(await queries.fetchQuery(book)).toMatchObject({ title: "Emma" });
    expect(queries.getQueryData(book.queryKey)).toMatchObject({ title: "Emma" });
    expect(queries.getQueryData(["Bookshop", "getBook", "one", { isbn: "978-0-14-043000-1" }])).toBeDefined();
    await expect(queries.fetchQuery(call("getBookQuery", { isbn: "978-0-14-043999-1" }))).rejects.toMatchObject({
      name: "NotFound",
    });

    const placed = new MutationObserver(queries, call("placeOrderMutation"));
    const input = { isbn: "978-0-14-043000-1", copies: 1, shipTo: "1 Main Street" };
    expect(await placed.mutate(input)).toMatchObject({ orderId: "o-1", state: "OPEN" });

    const before = shop.requests.length;
    const order = call("getOrderQuery", { orderId: "o-1" });
    const cancelled = queries.fetchQuery(order);
    await Promise.all([expect(cancelled).rejects.toThrow("CancelledError"), queries.cancelQueries(order)]);
    expect(shop.requests.length - before).toBeLessThanOrEqual(1);
    expect(queries.getQueryData(order.queryKey)).toBeUndefined();
  }, 30_000);
});
