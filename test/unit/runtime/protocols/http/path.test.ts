import { describe, expect, test } from "vitest";
import { codecOf, rejection } from "./support.js";

const text = { type: "string", httpLabel: true } as const;
const books = codecOf({ uri: "/shelves/{shelf}/books", input: { shelf: text } });
const files = codecOf({ uri: "/files/{key+}/tail", input: { key: text } });

describe("labels", () => {
  test.each([
    ["plain", "/shelves/plain/books"],
    ["a/b", "/shelves/a%2Fb/books"],
    ["a?b=c&d#e", "/shelves/a%3Fb%3Dc%26d%23e/books"],
    ["../x", "/shelves/..%2Fx/books"],
    ["%2e%2e", "/shelves/%252e%252e/books"],
    ["…\r\n", "/shelves/%E2%80%A6%0D%0A/books"],
    ["!'()*", "/shelves/%21%27%28%29%2A/books"],
  ])("%j cannot leave its segment", (shelf, path) => expect(books.serialize({ shelf }).path).toBe(path));

  test("a greedy one keeps its slashes, and nothing else", () => {
    expect(files.serialize({ key: "a/b c/d?e" }).path).toBe("/files/a/b%20c/d%3Fe/tail");
  });

  test.each([
    [{}, "required"],
    [{ shelf: null }, "required"],
    [{ shelf: "" }, "length"],
    [{ shelf: "." }, "pattern"],
    [{ shelf: ".." }, "pattern"],
  ])("%j is rejected", (input, rule) => {
    const rejected = rejection(() => books.serialize(input));
    expect(rejected).toMatchObject({ path: "shelf", rule });
    expect(rejected.text).toContain("part of the request's path");
  });

  test("an empty greedy one is rejected too", () => {
    expect(rejection(() => files.serialize({ key: "" }))).toMatchObject({ path: "key", rule: "length" });
  });

  test("an inherited property is no value", () => {
    const codec = codecOf({ uri: "/{constructor}", input: { constructor: text } });
    expect(rejection(() => codec.serialize({}))).toMatchObject({ rule: "required" });
  });

  test.each([
    [{ type: "timestamp", httpLabel: true } as const, new Date(0), "/1970-01-01T00%3A00%3A00Z"],
    [{ type: "timestamp", timestampFormat: "epoch-seconds", httpLabel: true } as const, new Date(1500), "/1.5"],
    [{ type: "double", httpLabel: true } as const, Number.NEGATIVE_INFINITY, "/-Infinity"],
    [{ type: "long", httpLabel: true } as const, 2n ** 60n, "/1152921504606846976"],
    [{ type: "boolean", httpLabel: true } as const, false, "/false"],
  ])("%j", (member, value, path) => {
    expect(codecOf({ uri: "/{it}", input: { it: member } }).serialize({ it: value }).path).toBe(path);
  });

  test("one that the endpoint says in the path's place must be there all the same", () => {
    const codec = codecOf({ uri: "?location", input: { bucket: text } });
    expect(codec.serialize({ bucket: "b" })).toMatchObject({ path: "", query: "location" });
    expect(rejection(() => codec.serialize({}))).toMatchObject({ path: "bucket", rule: "required" });
    expect(rejection(() => codec.serialize({ bucket: "" }))).toMatchObject({ path: "bucket", rule: "length" });
  });

  test("one is sent without a prefix that the service gives it and does not take", () => {
    const codec = codecOf({ uri: "/2013/zone/{id}", input: { id: text }, labelPrefixes: ["/zone/", "/change/"] });
    const pathOf = (id: string): string => codec.serialize({ id }).path;
    expect(pathOf("/zone/Z1")).toBe("/2013/zone/Z1");
    expect(pathOf("/change/C1")).toBe("/2013/zone/C1");
    expect(pathOf("Z1")).toBe("/2013/zone/Z1");
    expect(pathOf("/other/Z1")).toBe("/2013/zone/%2Fother%2FZ1");
    expect(pathOf("x/zone/Z1")).toBe("/2013/zone/x%2Fzone%2FZ1");
    expect(rejection(() => codec.serialize({ id: "/zone/" }))).toMatchObject({ path: "id", rule: "length" });
    expect(rejection(() => codec.serialize({ id: "/zone/.." }))).toMatchObject({ path: "id", rule: "pattern" });
  });

  test("a label without a member is a broken model", () => {
    expect(() => codecOf({ uri: "/{it}" }).serialize({})).toThrow("Turn has no label for {it} of its path /{it}");
  });
});
