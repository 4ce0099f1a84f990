import { describe, expect, it, vi } from "vitest";
import type { Client } from "#runtime/client/client.js";
import { PaginationError } from "#runtime/errors/index.js";
import { paginate } from "#runtime/operations/paginate.js";

interface Input {
  readonly Token?: string;
  readonly Size?: number;
  readonly Filter?: string;
}
interface Output {
  readonly Items?: { readonly List?: readonly number[] };
  readonly Next?: string;
}

const client = { service: "Things" } as Client;
const pagination = { inputToken: "Token", outputToken: ["Next"], items: ["Items", "List"], pageSize: "Size" };

/** Pages of two numbers each, and the inputs that requested them. */
function service(pages: number, next = (page: number): string | undefined => (page < pages ? `p${page}` : undefined)) {
  const inputs: Input[] = [];
  const call = (_client: Client, input: Input): Promise<Output> => {
    inputs.push(input);
    const page = inputs.length;
    const token = next(page);
    return Promise.resolve({ Items: { List: [page * 2 - 1, page * 2] }, ...(token !== undefined && { Next: token }) });
  };
  return { inputs, call };
}

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of iterable) found.push(item);
  return found;
}

describe("paginate", () => {
  it("gives pages and items to the end, leaving the input alone", async () => {
    const { inputs, call } = service(3);
    const input = Object.freeze({ Filter: "f" });
    const paginator = paginate<Client, Input, Output, number>(call, pagination, client, input, { pageSize: 2 });
    expect(await collect(paginator.items())).toEqual([1, 2, 3, 4, 5, 6]);
    expect(inputs).toEqual([
      { Filter: "f", Size: 2 },
      { Filter: "f", Size: 2, Token: "p1" },
      { Filter: "f", Size: 2, Token: "p2" },
    ]);
    expect(paginator.nextToken).toBeUndefined();
  });

  it("requests no page beyond the limit", async () => {
    const { inputs, call } = service(9);
    const paginator = paginate<Client, Input, Output, number>(call, pagination, client, {});
    expect(await collect(paginator.items({ limit: 2 }))).toEqual([1, 2]);
    expect(inputs).toHaveLength(1);
    expect(await collect(paginator.items({ limit: 0 }))).toEqual([]);
    expect(inputs).toHaveLength(1);
    expect(await collect(paginator.pages({ maxPages: 2 }))).toHaveLength(2);
    expect(paginator.nextToken).toBe("p3");
  });

  it("continues from a token", async () => {
    const { inputs, call } = service(1);
    await collect(paginate<Client, Input, Output, number>(call, pagination, client, {}, { startToken: "p7" }));
    expect(inputs).toEqual([{ Token: "p7" }]);
  });

  it.each([
    ["the token that was sent", 1, () => "same"],
    ["a cycle of two tokens", 2, (page: number) => `p${page % 2}`],
    [
      "a cycle of three tokens after two other pages",
      5,
      (page: number) => `p${page < 3 ? page : 3 + ((page - 3) % 3)}`,
    ],
    ["a cycle of 5000 tokens", 5000, (page: number) => `p${page % 5000}`],
  ])("ends with an error after the pages before it: %s", async (_what, length, next) => {
    const { inputs, call } = service(9, next);
    const paginator = paginate<Client, Input, Output, number>(call, pagination, client, {});
    const items: number[] = [];
    const all = async () => {
      for await (const item of paginator.items()) items.push(item);
    };
    await expect(all()).rejects.toThrow(
      new PaginationError("The service returned a Token that it was sent before, so the pages would never end"),
    );
    expect(inputs).toHaveLength(length + 1);
    expect(items).toEqual(Array.from({ length: (length + 1) * 2 }, (_, index) => index + 1));
  });

  it("ends with an error in a cycle through the token that the caller starts from", async () => {
    const { inputs, call } = service(9, (page) => (page === 2 ? "start" : `p${page}`));
    const paginator = paginate<Client, Input, Output, number>(call, pagination, client, { Token: "start" });
    await expect(collect(paginator)).rejects.toThrow(PaginationError);
    expect(inputs).toHaveLength(2);
  });

  it("ends with an error in a cycle of tokens that are maps", async () => {
    const tokens = [{ id: 1 }, { id: 2 }, { id: 1 }];
    const call = vi.fn<() => Promise<Output>>(() => Promise.resolve({ Next: tokens.shift() as never }));
    await expect(collect(paginate<Client, Input, Output, number>(call, pagination, client, {}))).rejects.toThrow(
      PaginationError,
    );
    expect(call).toHaveBeenCalledTimes(3);
  });

  it("starts each iteration without the tokens of the last one", async () => {
    let number = 0;
    const call = () =>
      Promise.resolve({ Items: { List: [++number] }, ...(number % 3 !== 0 && { Next: `p${number % 3}` }) });
    const paginator = paginate<Client, Input, Output, number>(call, pagination, client, {});
    expect(await collect(paginator.items())).toEqual([1, 2, 3]);
    expect(await collect(paginator.items())).toEqual([4, 5, 6]);
  });

  describe("of an operation whose last page returns the token that was sent", () => {
    const tail = { ...pagination, endsOnSameToken: true } as const;

    it("ends with that page", async () => {
      const { inputs, call } = service(9, (page) => `p${Math.min(page, 3)}`);
      const paginator = paginate<Client, Input, Output, number>(call, tail, client, {});
      expect(await collect(paginator.items())).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(inputs.map(({ Token }) => Token)).toEqual([undefined, "p1", "p2", "p3"]);
      expect(paginator.nextToken).toBeUndefined();
    });

    it("ends with the first page where that returns the token to start from", async () => {
      const { inputs, call } = service(9, () => "p7");
      const options = { startToken: "p7" };
      expect(await collect(paginate<Client, Input, Output, number>(call, tail, client, {}, options))).toHaveLength(1);
      expect(inputs).toHaveLength(1);
    });

    it("ends with an error in a longer cycle, and where a page has no token as any other", async () => {
      const { call } = service(9, (page) => `p${page % 2}`);
      await expect(collect(paginate<Client, Input, Output, number>(call, tail, client, {}))).rejects.toThrow(
        PaginationError,
      );
      expect(await collect(paginate<Client, Input, Output, number>(service(3).call, tail, client, {}))).toHaveLength(3);
    });
  });

  describe("of an operation with a member that is true while there are more pages", () => {
    const more = { ...pagination, moreResults: ["State", "IsTruncated"] };
    const pagesOf = (states: readonly unknown[]) => {
      const left = [...states];
      const call = vi.fn<(client: Client, input: Input) => Promise<Output>>(() =>
        Promise.resolve({ Next: `p${left.length}`, State: { IsTruncated: left.shift() } }),
      );
      return { call, paginator: paginate<Client, Input, Output, number>(call, more, client, {}) };
    };

    it.each([[false], [undefined], [null]])("ends where it is %s, whatever the token", async (last) => {
      const { call, paginator } = pagesOf([true, true, last, true]);
      expect(await collect(paginator)).toHaveLength(3);
      expect(call).toHaveBeenCalledTimes(3);
      expect(paginator.nextToken).toBeUndefined();
    });

    it("ends without it, and where there is no token to continue with", async () => {
      const call = () => Promise.resolve({ Next: "p" });
      expect(await collect(paginate<Client, Input, Output, number>(call, more, client, {}))).toHaveLength(1);
      const empty = (): Promise<Output> => Promise.resolve({ State: { IsTruncated: true } } as Output);
      expect(await collect(paginate<Client, Input, Output, number>(empty, more, client, {}))).toHaveLength(1);
    });
  });

  it("takes an empty token for the end, and missing items for none", async () => {
    const call = (): Promise<Output> => Promise.resolve({ Next: "" });
    const paginator = paginate<Client, Input, Output, number>(call, pagination, client, {});
    expect(await collect(paginator.items())).toEqual([]);
  });

  describe("rejects at once", () => {
    const { inputs, call } = service(3);
    const begin = (options?: object) => paginate<Client, Input, Output, number>(call, pagination, client, {}, options);

    it.each([
      ["a misspelt option", () => begin({ pagSize: 5 }), 'A paginator has no option "pagSize"; use pageSize'],
      ["an option of nobody", () => begin({ colour: 1 }), "known options: pageSize, startToken, maxAttempts,"],
      ["a misspelt limit", () => begin().items({ limt: 2 } as object), 'items() has no option "limt"; use limit'],
      [
        "a misspelt maximum",
        () => begin().pages({ maxPags: 2 } as object),
        'pages() has no option "maxPags"; use maxPages',
      ],
      ["a limit that is no number", () => begin().items({ limit: Number.NaN }), "limit must be a whole number from 0"],
      ["a broken limit", () => begin().items({ limit: 1.5 }), "or Infinity, but is 1.5"],
      ["a limit in words", () => begin().items({ limit: "2" as never }), "items(): limit must be a whole number"],
      ["pages below none", () => begin().pages({ maxPages: -1 }), "pages(): maxPages must be a whole number from 0"],
      [
        "a forgotten client",
        () => paginate(call as never, pagination, { Filter: "f" } as never, undefined as never),
        "A paginator expects a client as its first argument and the input as its second; the first argument has Filter",
      ],
      ["nothing", () => paginate(call, pagination, undefined as never, {}), "the first argument is of type undefined"],
    ])("%s", (_what, act, message) => {
      let error: unknown;
      try {
        act();
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toContain(message);
      expect(inputs).toEqual([]);
    });
  });
});
