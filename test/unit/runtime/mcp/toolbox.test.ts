import { describe, expect, it } from "vitest";
import { Client } from "#runtime/client/client.js";
import { AbortedError } from "#runtime/errors/index.js";
import { ServiceError } from "#runtime/errors/service.js";
import { streamedOutput } from "#runtime/features/streamed-output.js";
import { type McpSettings, type McpTool, Toolbox, type ToolResult } from "#runtime/mcp/index.js";
import { restJson1 } from "#runtime/protocols/restJson/index.js";
import type { HttpRequest, HttpResponse } from "#runtime/schema/http.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";

const service: Service = {
  name: "Vault",
  sdkId: "Vault",
  shapeName: "Vault",
  version: "2026-01-01",
  protocol: restJson1,
  resolveEndpoint: () => ({ url: "http://vault.test" }),
  endpointBuiltIns: {},
};

const structure = (name: string, members: StructureShape["members"]): StructureShape => ({
  type: "structure",
  name,
  members,
});

class Leaked extends ServiceError {
  static readonly shape = structure("Leaked", { message: { type: "string", sensitive: true } });
}

const list: Operation = {
  name: "List",
  input: structure("ListInput", { token: { type: "string" }, most: { type: "integer", range: { max: 9 } } }),
  output: structure("ListOutput", {
    page: {
      target: structure("Page", {
        secrets: { type: "map", key: { type: "string" }, value: { type: "string", sensitive: true } },
      }),
    },
    key: { type: "string", sensitive: true },
    next: { type: "string" },
  }),
  http: { method: "POST", uri: "/list", code: 200 },
  idempotent: true,
};

const read: Operation = {
  name: "Read",
  input: structure("ReadInput", {}),
  output: structure("ReadOutput", { body: { type: "blob", httpPayload: true, streaming: true } }),
  http: { method: "GET", uri: "/read", code: 200 },
  features: [streamedOutput()],
};

const burn: Operation = {
  name: "Burn",
  input: structure("BurnInput", {}),
  output: structure("BurnOutput", {}),
  http: { method: "POST", uri: "/burn", code: 200 },
  errors: [Leaked],
};

const inputSchema = { type: "object" } as const;
const tools: readonly McpTool[] = [
  {
    operation: list,
    description: "Lists.",
    inputSchema,
    readOnly: true,
    pagination: { inputToken: "token", outputToken: ["next"], items: ["page", "secrets"] },
  },
  { operation: read, description: "Reads.", inputSchema, readOnly: true },
  { operation: burn, description: "Burns.", inputSchema, readOnly: false },
];

/** Tools of a service whose responses are given. */
function toolbox(
  respond: (request: HttpRequest, count: number) => Partial<HttpResponse> | object,
  settings: McpSettings = {},
) {
  const requests: HttpRequest[] = [];
  const client = new Client(service, {
    maxAttempts: 1,
    transport: {
      send: (request) => {
        requests.push(request);
        const given = respond(request, requests.length);
        const response = { status: 200, headers: {}, body: Buffer.from(JSON.stringify(given)) };
        return Promise.resolve("status" in given || "stream" in given ? { ...response, ...given } : response);
      },
      close: () => Promise.resolve(),
    },
  });
  return { requests, box: new Toolbox(client, tools, settings) };
}

const textsOf = ({ content }: ToolResult): string[] => content.map(({ text }) => text);
const cursorOf = (result: ToolResult): string => /cursor (\S+)\.$/.exec(textsOf(result)[1] ?? "")?.[1] ?? "";

describe("the tools of a service", () => {
  it("mask what is sensitive, and merge the items of pages", async () => {
    const { box, requests } = toolbox((_request, count) => ({
      page: { secrets: { [`name${count}`]: "secret" } },
      key: "secret",
      ...(count < 3 && { next: `token${count}` }),
    }));
    const { content } = await box.call("List", { most: 3 });
    const mask = "***SensitiveInformation***";
    expect(content.map(({ text }) => JSON.parse(text) as unknown)).toEqual([
      { page: { secrets: { name1: mask, name2: mask, name3: mask } }, key: mask },
    ]);
    expect(requests.map(({ body }) => JSON.parse(String(body)) as unknown)).toEqual([
      { most: 3 },
      { most: 3, token: "token1" },
      { most: 3, token: "token2" },
    ]);
  });

  it.each([
    [{ readOnly: true }, burn, [true, false, true]],
    [{ readOnly: false }, burn, [false, true, false]],
    [{ readOnly: false }, list, [false, true, true]],
    [{ readOnly: false, idempotent: true }, burn, [false, true, true]],
    [{ readOnly: false, additive: true }, burn, [false, false, false]],
  ] as const)("with %j have their annotations", (effect, operation, expected) => {
    const tool = { operation, description: "", inputSchema, ...effect };
    const [listed] = new Toolbox(new Client(service, {}), [tool], { allow: ["*"] }).list();
    const { readOnlyHint, destructiveHint, idempotentHint } = listed?.annotations ?? expect.unreachable();
    expect([readOnlyHint, destructiveHint, idempotentHint]).toEqual(expected);
  });

  it("check all constraints of an input before anything is sent", async () => {
    const { box, requests } = toolbox(() => ({}));
    const result = await box.call("List", { most: 10, token: 1 });
    expect(result.isError).toBe(true);
    expect(textsOf(result)[0]).toMatch(/^ValidationError: .*token: must be a string.*most: must be at most 9/s);
    expect((await box.call("List", "text")).isError).toBe(true);
    const short = toolbox(() => ({}), { budget: 15 });
    expect(textsOf(await short.box.call("List", { most: 10 }))).toEqual(["ValidationError"]);
    expect(requests).toEqual([]);
  });

  it("read a streaming body as far as the budget goes, and cancel the rest", async () => {
    let cancelled = 0;
    const stream = {
      async *[Symbol.asyncIterator]() {
        for (;;) yield await Promise.resolve(new Uint8Array(8).fill(65));
      },
      cancel: () => void cancelled++,
    };
    const { box } = toolbox(() => ({ stream }), { budget: 30 });
    const result = await box.call("Read");
    expect(textsOf(result)[0]).toBe(`{"body":"${Buffer.from("A".repeat(30)).toString("base64")}`.slice(0, 30));
    expect(cancelled).toBe(1);
  });

  it("never show the message of an error that is sensitive", async () => {
    const { box } = toolbox(
      () => ({ status: 400, headers: { "x-amzn-errortype": "Leaked" }, body: Buffer.from('{"message":"secret"}') }),
      {
        allow: ["Burn"],
      },
    );
    expect(await box.call("Burn")).toEqual({ content: [{ type: "text", text: "Leaked" }], isError: true });
  });

  it("reject an abort, which is no result", async () => {
    const { box } = toolbox(() => ({}));
    const aborted = box.call("List", {}, AbortSignal.abort());
    await expect(aborted).rejects.toBeInstanceOf(AbortedError);
  });

  it("forget all but the last outputs that continue", async () => {
    const { box } = toolbox((_request, count) => ({ next: `token${count}` }), { maxPages: 1 });
    const cursors: string[] = [];
    for (let count = 0; count < 17; count++) cursors.push(cursorOf(await box.call("List")));
    expect(new Set(cursors).size).toBe(17);
    const goesOn = async (cursor: string | undefined): Promise<boolean> =>
      (await box.call("continue_output", { cursor })).isError !== true;
    expect(await goesOn(cursors[0])).toBe(false);
    expect(await goesOn(cursors[2])).toBe(true);
  });

  it("never cut a character in two", async () => {
    const { box } = toolbox(() => ({ next: "", page: { secrets: {} } }), { budget: 1 });
    expect(textsOf(await box.call("List"))[0]).toBe("{");
    const named = toolbox(() => ({ next: "𝒳𝒳𝒳𝒳" }), { budget: 10, maxPages: 1 });
    expect(textsOf(await named.box.call("List"))[0]).toBe('{"next":"');
  });

  it.each([
    [{ budget: 0 }, "budget must be a positive integer, but is 0"],
    [{ maxPages: 1.5 }, "maxPages must be a positive integer, but is 1.5"],
    [{ allow: ["Brn"] }, "allow: No operation is named Brn. Did you mean Burn?"],
  ])("are not made with %j", (settings, message) => {
    expect(() => toolbox(() => ({}), settings)).toThrow(new RangeError(message));
  });
});
