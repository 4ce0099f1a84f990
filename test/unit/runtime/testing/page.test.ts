import { describe, expect, it } from "vitest";
import { page } from "#runtime/testing/index.js";
import { TooManyNotesException } from "./support.js";

const list = Array.from({ length: 7 }, (_, index) => index);

describe("page", () => {
  it("goes through a list to its end", () => {
    const first = page(list, { token: undefined, size: 3 });
    const second = page(list, { token: first.nextToken, size: 3 });
    const third = page(list, { token: second.nextToken, size: 3 });
    expect([first.items, second.items, third.items]).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(third.nextToken).toBeUndefined();
  });

  it("returns no token where the list ends with the page", () => {
    expect(page(list, { token: undefined, size: 7 })).toEqual({ items: list, nextToken: undefined });
    expect(page([], { token: undefined, size: 7 })).toEqual({ items: [], nextToken: undefined });
  });

  it("returns the same token for the same position, and it discloses nothing", () => {
    const [one, other] = [page(list, { token: undefined, size: 3 }), page(list, { token: undefined, size: 3 })];
    expect(one.nextToken).toBe(other.nextToken);
    expect(one.nextToken).toMatch(/^[\da-f]{32}$/);
  });

  const good = page(list, { token: undefined, size: 3, query: { a: 1 } }).nextToken ?? "";
  const changed = `${good.slice(0, -2)}${good.endsWith("aa") ? "bb" : "aa"}`;
  it.each([
    ["made up", "3", { a: 1 }],
    ["empty", "", { a: 1 }],
    ["changed", changed, { a: 1 }],
    ["lengthened", `${good}=`, { a: 1 }],
    ["given for another query", good, { a: 2 }],
    ["for another place", good.replace("3", "4"), { a: 1 }],
    ["in upper case", good.toUpperCase(), { a: 1 }],
  ])("rejects a token that is %s", (_what, token, query) => {
    expect(page(list, { token: good, size: 3, query: { a: 1 } }).items).toEqual([3, 4, 5]);
    expect(() => page(list, { token, size: 3, query })).toThrow(
      expect.objectContaining({ name: "ValidationException" }),
    );
    expect(() => page(list, { token, size: 3, query, invalidToken: TooManyNotesException })).toThrow(
      TooManyNotesException,
    );
  });

  it.each([0, -1, 1.5, Number.NaN])("rejects a page of %s items", (size) => {
    expect(() => page(list, { token: undefined, size })).toThrow(RangeError);
  });
});
