import { describe, expect, it, vi } from "vitest";
import { Service } from "#runtime/classic/index.js";
import { type Books, books, definition, json, operations, options } from "./support.js";

/** Three pages of two books; the token says which page comes next. */
const threePages = () =>
  books((response, hit, number) => {
    const { Token } = JSON.parse(hit.body) as { Token?: string };
    const page = Token === undefined ? 1 : Number(Token);
    const Books = [{ Title: `${page}a` }, { Title: `${page}b` }];
    json(200, { Books, ...(page < 3 && { Token: String(page + 1) }) })(response, hit, number);
  });

type Call = readonly unknown[];

describe("pages", () => {
  it("are gone through with the same parameters, and end with nothing", async () => {
    const { service, hits } = await threePages();
    const calls = await new Promise<Call[]>((resolve) => {
      const seen: Call[] = [];
      service.listBooks({ Author: "A" }).eachPage((err, data) => {
        seen.push([err, data?.Books?.length]);
        if (data === null) resolve(seen);
      });
    });
    expect(calls).toEqual([
      [null, 2],
      [null, 2],
      [null, 2],
      [null, undefined],
    ]);
    expect(hits.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { Author: "A" },
      { Author: "A", Token: "2" },
      { Author: "A", Token: "3" },
    ]);
  });

  it("wait for a callback with three parameters, and stop where it says false", async () => {
    const { service, hits } = await threePages();
    await new Promise<void>((resolve) => {
      service.listBooks().eachPage((_err, data, done) => {
        setTimeout(() => {
          if (data?.Token === "3") {
            done(false);
            setTimeout(resolve, 20);
          } else done();
        }, 5);
      });
    });
    expect(hits).toHaveLength(2);
  });

  it("end with an error, reported once", async () => {
    const { service } = await books((response, hit, number) =>
      number === 1
        ? json(200, { Books: [], Token: "2" })(response, hit, number)
        : json(400, { __type: "Burnt" })(response, hit, number),
    );
    const calls: Call[] = [];
    await new Promise<void>((resolve) => {
      service.listBooks().eachPage((err, data) => {
        calls.push([err?.code, data === null]);
        if (err) setTimeout(resolve, 20);
      });
    });
    expect(calls).toEqual([
      [undefined, false],
      ["Burnt", true],
    ]);
  });

  it("end where a page names itself as the next one", async () => {
    const { service, hits } = await books(json(200, { Books: [], Token: "same" }));
    const err = await new Promise((resolve) => {
      service.listBooks().eachPage((error) => {
        if (error) resolve(error);
      });
    });
    expect(err).toMatchObject({ code: "PaginationError" });
    expect(hits).toHaveLength(2);
  });

  it("end with an error after the pages of a cycle of tokens", async () => {
    const { service, hits } = await books((response, hit, number) =>
      json(200, { Books: [{ Title: `${number}` }], Token: `t${number % 3}` })(response, hit, number),
    );
    const titles: unknown[] = [];
    const err = await new Promise((resolve) => {
      service.listBooks().eachItem((error, item) => {
        if (error) resolve(error);
        else titles.push((item as { Title: string }).Title);
      });
    });
    expect(err).toMatchObject({
      code: "PaginationError",
      message: "listBooks returned a Token that it was sent before, so the pages would never end",
    });
    expect(titles).toEqual(["1", "2", "3", "4"]);
    expect(hits).toHaveLength(4);
  });

  /** Numbers of the pages that a paginator gives. */
  async function pagesBy(rules: object, page: (number: number) => object): Promise<number[]> {
    const { endpoint } = await books((response, hit, number) =>
      json(200, { Books: [{ Title: `${number}` }], ...page(number) })(response, hit, number),
    );
    const paginators = { listBooks: { inputToken: "Token", outputToken: ["Token"], items: ["Books"], ...rules } };
    const { listBooks } = operations;
    const members = { ...listBooks.output.members, More: { type: "boolean" } } as const;
    const own = { ...operations, listBooks: { ...listBooks, output: { ...listBooks.output, members } } };
    const model = { ...definition.model, operations: own };
    const Own = Service.defineService<Books>({ ...definition, model, paginators });
    return new Promise((resolve, reject) => {
      const seen: number[] = [];
      new Own({ ...options, endpoint }).listBooks().eachPage((err, data) => {
        if (err) reject(err);
        else if (data === null) resolve(seen);
        else seen.push(Number(data.Books?.[0]?.Title));
      });
    });
  }

  it("end where the service returns the token that was sent, if the paginator states it", async () => {
    const pages = pagesBy({ endsOnSameToken: true }, (number) => ({ Token: `t${Math.min(number, 2)}` }));
    expect(await pages).toEqual([1, 2, 3]);
  });

  it("end where no more results are indicated, whatever the token", async () => {
    const pages = pagesBy({ moreResults: ["More"] }, (number) => ({
      Token: `t${number}`,
      More: number < 3,
    }));
    expect(await pages).toEqual([1, 2, 3]);
  });

  it("have items", async () => {
    const { service } = await threePages();
    const titles = await new Promise<unknown[]>((resolve) => {
      const seen: unknown[] = [];
      service.listBooks().eachItem((_err, item) => {
        if (item === null) return resolve(seen);
        seen.push((item as { Title: string }).Title);
        return undefined;
      });
    });
    expect(titles).toEqual(["1a", "1b", "2a", "2b", "3a", "3b"]);
  });

  it("stop at an item, too", async () => {
    const { service, hits } = await threePages();
    const seen: unknown[] = [];
    service.listBooks().eachItem((_err, item) => seen.push(item) < 3);
    await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(3), 5_000);
    // What would come after the stop has time to come.
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(seen).toHaveLength(3);
    expect(hits).toHaveLength(2);
  });

  it("have items where the model does not state which: those of the only list", async () => {
    const { endpoint } = await threePages();
    const bare = { listBooks: { inputToken: "Token", outputToken: ["Token"] } };
    const Bare = Service.defineService<Books>({ ...definition, paginators: bare });
    const count = await new Promise((resolve) => {
      let seen = 0;
      new Bare({ ...options, endpoint }).listBooks().eachItem((_err, item) => {
        if (item === null) resolve(seen);
        seen++;
      });
    });
    expect(count).toBe(6);
  });

  it("fail by name if nothing names the items", async () => {
    const { endpoint } = await books(json(200, {}));
    const paginators = { getBook: { inputToken: "", outputToken: [] } };
    const Bare = Service.defineService<Books>({ ...definition, paginators });
    const request = new Bare({ ...options, endpoint }).getBook({ Title: "A" });
    expect(request.isPageable()).toBe(true);
    const error = await new Promise((resolve) => request.eachItem((err) => resolve(err)));
    expect(error).toMatchObject({ code: "PaginationError", message: expect.stringContaining("eachPage") as string });
  });

  it("are requested one by one", async () => {
    const { service } = await threePages();
    const { $response } = await service.listBooks({ Author: "A" }).promise();
    expect($response.hasNextPage()).toBe(true);
    expect($response.nextPageTokens).toEqual(["2"]);
    const second = await $response.nextPage()?.promise();
    const third = await new Promise((resolve) => second?.$response.nextPage((_err, data) => resolve(data?.Books)));
    expect(third).toEqual([{ Title: "3a" }, { Title: "3b" }]);
    const { $response: last } = await service.listBooks({ Token: "3" }).promise();
    expect(last.hasNextPage()).toBe(false);
    expect(last.nextPage()).toBeNull();
    expect(await new Promise((resolve) => last.nextPage((...output) => resolve(output)))).toEqual([null, null]);
  });

  it("are not had by an operation without pagination", async () => {
    const { service } = await books(json(200, {}));
    const request = service.getBook({ Title: "A" });
    const { $response } = await request.promise();
    expect(request.isPageable()).toBe(false);
    expect($response.hasNextPage()).toBeUndefined();
    expect(() => $response.nextPage()).toThrow("No pagination configuration for getBook");
    const output = await new Promise((resolve) => $response.nextPage((...given) => resolve(given)));
    expect(output).toEqual([expect.objectContaining({ message: "No pagination configuration for getBook" }), null]);
  });
});
