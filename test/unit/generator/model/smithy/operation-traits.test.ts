import { describe, expect, it } from "vitest";
import { type Json, integer, read, string, target, withTraits } from "./support/model.js";
import { expectProblems, operation } from "./support/problems.js";

describe("addresses", () => {
  const label = withTraits(string, { required: {}, httpLabel: {} });
  const inputs = (members: Json): Json => ({ "a#In": { type: "structure", members } });
  const http = (uri: string): Json => ({ http: { method: "GET", uri } });

  it.each<[string, Json, shapeId: string, line: string, message: string]>([
    ["http without method", operation({ http: { uri: "/" } }), "a#Op", '"smithy.api#http": {', "a method"],
    ["http without uri", operation({ http: { method: "GET" } }), "a#Op", '"smithy.api#http": {', "a uri"],
    [
      "a method that begins a header",
      operation({ http: { method: "GET / HTTP/1.1\r\nX: y", uri: "/" } }),
      "a#Op",
      '"smithy.api#http": {',
      "a method",
    ],
    ["a uri that climbs", operation(http("/a/../b")), "a#Op", '"smithy.api#http": {', "segments . and .."],
    ["a uri with a fragment", operation(http("/a#b")), "a#Op", '"smithy.api#http": {', "without //, #"],
    [
      "a label without member",
      operation(http("/{x}")),
      "a#Op",
      '"smithy.api#http": {',
      "label {x}, but its input has no such",
    ],
    [
      "a label whose member is bound otherwise",
      operation(http("/{token}")),
      "a#Op",
      '"smithy.api#http": {',
      "label {token}, but its input has no such",
    ],
    [
      "a label that fills half a segment",
      operation(http("/a{x}"), inputs({})),
      "a#Op",
      '"smithy.api#http": {',
      "a whole path segment",
    ],
    ["a label in the query", operation(http("/?x={x}"), inputs({})), "a#Op", '"smithy.api#http": {', "in the query"],
    [
      "a label twice",
      operation(http("/{x}/{x}"), inputs({ x: label })),
      "a#Op",
      '"smithy.api#http": {',
      "label x twice",
    ],
    [
      "an httpLabel without label",
      operation(http("/"), inputs({ x: label })),
      "a#Op",
      '"smithy.api#http": {',
      "no label {x}",
    ],
    [
      "an httpLabel that can be left out",
      operation(http("/{x}"), inputs({ x: withTraits(string, { httpLabel: {} }) })),
      "a#In$x",
      '"smithy.api#httpLabel": {}',
      "to be required",
    ],
    [
      "a greedy label of a number",
      operation(http("/{x+}"), inputs({ x: withTraits(integer, { required: {}, httpLabel: {} }) })),
      "a#Op",
      '"smithy.api#http": {',
      "is not a string",
    ],

    [
      "a host prefix that is a url",
      operation({ endpoint: { hostPrefix: "evil.com/" } }),
      "a#Op",
      '"smithy.api#endpoint": {',
      "hostPrefix of letters",
    ],
    ["no host prefix", operation({ endpoint: {} }), "a#Op", '"smithy.api#endpoint": {}', "hostPrefix"],
    [
      "a host label without member",
      operation({ endpoint: { hostPrefix: "{x}." } }),
      "a#Op",
      '"smithy.api#endpoint": {',
      "no such hostLabel",
    ],
    [
      "two host labels in a row",
      operation(
        { endpoint: { hostPrefix: "{x}{x}." } },
        inputs({ x: withTraits(string, { required: {}, hostLabel: {} }) }),
      ),
      "a#Op",
      '"smithy.api#endpoint": {',
      "nothing between",
    ],
    [
      "a host label that can be left out",
      operation({ endpoint: { hostPrefix: "{x}." } }, inputs({ x: withTraits(string, { hostLabel: {} }) })),
      "a#In$x",
      '"smithy.api#hostLabel": {}',
      "to be required",
    ],
  ])("%s", (_name, value, shapeId, line, message) =>
    expectProblems(value, "error", ["invalid-trait", shapeId, line, message]),
  );

  it("may have greedy labels and queries", () => {
    expect(read(operation(http("/a/{x+}?list"), inputs({ x: label }))).diagnostics).toEqual([]);
  });
});

describe("pages", () => {
  const paginated = (trait: Json): Json =>
    operation({ paginated: { inputToken: "token", outputToken: "next", ...trait } });

  it.each<[string, Json, message: string]>([
    ["pages without token", operation({ paginated: { inputToken: "token" } }), "must have an outputToken"],
    [
      "pages by a token that is not there",
      paginated({ inputToken: "marker" }),
      "marker as its inputToken, which the input does not have",
    ],
    ["pages by a path that is not there", paginated({ outputToken: "next.one" }), '"next.one" as its outputToken'],
    ["pages of what is not there", paginated({ items: "rows" }), "rows as its items, which the output does not have"],
    ["pages of no list", paginated({ items: "next" }), "which is a string, not a list or map"],
    ["pages by a list", paginated({ outputToken: "items" }), "which is a list"],
    ["pages by a number", paginated({ pageSize: 1 }), "a member's name for its pageSize"],
  ])("%s", (_name, value, message) =>
    expectProblems(value, "error", ["invalid-trait", "a#Op", '"smithy.api#paginated": {', message]),
  );

  it("take from the service what an operation leaves open, and only from their own", () => {
    const service = (name: string, operations: unknown[], trait: Json): Json => ({
      [`a#${name}`]: withTraits({ type: "service", operations }, { paginated: trait }),
    });
    const good = service("S", [target("Op")], { inputToken: "token", outputToken: "next" });
    expect(read(operation({ paginated: {} }, good)).diagnostics).toEqual([]);
    const other = service("T", [], { inputToken: "token", outputToken: "next" });
    expect(read(operation({ paginated: {} }, other)).diagnostics).toHaveLength(2);
  });

  it("may follow paths", () => {
    expect(read(paginated({ outputToken: "next", items: "items", pageSize: "size" })).diagnostics).toEqual([]);
  });
});

describe("waiters", () => {
  const waiter = (definition: unknown): Json => operation({ "smithy.waiters#waitable": { W: definition } });
  const success = { state: "success", matcher: { success: true } };

  it.each<[string, Json, message: string]>([
    ["a waiter that is none", waiter("x"), "an object for the waiter W"],
    ["a waiter without acceptors", waiter({}), "a list of acceptors"],
    [
      "a waiter that never ends",
      waiter({ acceptors: [{ state: "retry", matcher: { success: false } }] }),
      "no acceptor for success",
    ],
    ["a waiter in an unknown state", waiter({ acceptors: [success, { state: "done" }] }), "acceptor 2"],
    [
      "a waiter with two matchers",
      waiter({ acceptors: [{ state: "success", matcher: { success: true, errorType: "E" } }] }),
      "exactly one matcher",
    ],
    [
      "a waiter with an unknown matcher",
      waiter({ acceptors: [{ state: "success", matcher: { error: "E" } }] }),
      "not error",
    ],
    [
      "a waiter that compares in an unknown way",
      waiter({
        acceptors: [{ state: "success", matcher: { output: { path: "next", expected: "x", comparator: "like" } } }],
      }),
      "fitting value for its matcher output",
    ],
    ["a waiter that does not wait", waiter({ acceptors: [success], minDelay: 0 }), "whole seconds"],
    [
      "a waiter of a hostile name",
      operation({ "smithy.waiters#waitable": { "W*/": { acceptors: [success] } } }),
      "PascalCase",
    ],
  ])("%s", (_name, value, message) =>
    expectProblems(value, "error", ["invalid-trait", "a#Op", '"smithy.waiters#waitable": {', message]),
  );

  it("may have several acceptors and delays", () => {
    const failure = { state: "failure", matcher: { errorType: "a#E" } };
    const output = { path: "next", expected: "x", comparator: "stringEquals" };
    const acceptors = [success, failure, { state: "retry", matcher: { output } }];
    expect(read(waiter({ acceptors, minDelay: 5 })).diagnostics).toEqual([]);
  });
});
