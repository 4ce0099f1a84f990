import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import type { MessageHeaders } from "@smithy/types";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";
import { Draft, type Edit } from "../../unit/generator/diff/support/lake.js";
import { rows } from "../../unit/generator/diff/support/rows.js";

// The layout of sources takes most of the time, and makes no difference to compilers.
vi.mock(import("#generator/emit/format.js"), () => ({ format: async (_path, text) => text }));

interface Request {
  readonly target: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What a program sees of one call. */
interface Seen {
  readonly requests: readonly Request[];
  readonly output: Readonly<Record<string, unknown>> | undefined;
  /** Name and message of what was thrown. */
  readonly error: string | undefined;
}

interface ScriptedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or the bytes of an event stream. */
  readonly body: object;
}

interface Case {
  /** Name of the row whose edit makes the new client. */
  readonly row: string;
  readonly operation?: string;
  readonly input: object | ((client: ClientModule) => object);
  /** What is done instead of one call; the result is the output. */
  readonly use?: (client: ClientModule, made: object) => unknown;
  readonly response?: ScriptedResponse;
  /** Options of the client; an undefined one replaces a default. */
  readonly options?: object;
  readonly see: (seen: Seen) => unknown;
  readonly old: unknown;
  readonly new: unknown;
}

const boat = { Name: "ann" };
const failing = (status: number, name: string): ScriptedResponse => ({
  status,
  headers: { "x-amzn-errortype": name },
  body: {},
});
const json = (text: string | undefined): Record<string, unknown> => JSON.parse(text ?? "{}") as Record<string, unknown>;
const isRejected = ({ error, requests }: Seen): boolean =>
  error?.startsWith("ValidationError") === true && requests.length === 0;

const kindOf = ({ requests: [request] }: Seen): unknown => (json(request?.body)["Boat"] as { Kind?: string }).Kind;
const isIdempotent = ({ output }: Seen): boolean => output?.["idempotent"] === true;

type Callable = (client: object, input: object, options?: object) => Promise<Record<string, unknown>>;

const functionOf = (client: ClientModule, name: string): Callable => client[name] as Callable;
const factsOf =
  (name: string) =>
  (client: ClientModule): unknown =>
    client[name];

async function caught(make: () => Promise<unknown>): Promise<unknown> {
  try {
    return await make();
  } catch (error) {
    return error;
  }
}

/** A client that has no endpoint but that of the rules: the request is not sent, but the error of the call. */
const elsewhere = {
  region: "eu-west-1",
  endpoint: undefined,
  maxAttempts: 1,
  transport: {
    send: async ({ origin, headers }: { origin: string; headers: Record<string, string> }) =>
      Promise.reject(new Error(`${origin} ${headers["authorization"]}`)),
    close: async () => {},
  },
};
const hostOf = ({ error }: Seen): unknown => /https:\/\/(\w+)\./.exec(error ?? "")?.[1];

const logged: string[] = [];
const log = (...content: unknown[]): void => void logged.push(JSON.stringify(content));
const logger = { trace: log, debug: log, info: log, warn: log, error: log };

const events = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);

/** A stream of one event, made by the official codec. */
function eventResponse(type: string, headers: MessageHeaders, content: object): ScriptedResponse {
  const text = (value: string) => ({ type: "string", value }) as const;
  const body = events.encode({
    headers: {
      ":message-type": text("event"),
      ":event-type": text(type),
      ":content-type": text("application/json"),
      ...headers,
    },
    body: Buffer.from(JSON.stringify(content)),
  });
  return { status: 200, headers: { "content-type": "application/vnd.amazon.eventstream" }, body };
}

async function firstSighting(client: ClientModule, made: object): Promise<unknown> {
  const { Sightings } = await functionOf(client, "watchBoats")(made, {});
  for await (const event of Sightings as AsyncIterable<unknown>) return event;
  return undefined;
}

/** Rows whose difference no client sees: the service assumes another value for a member that is not sent. */
const assumed = ["20 a default is changed", "21 a default is removed"];

/** Each call is made with both clients. */
const cases: readonly Case[] = [
  {
    row: "2 an operation is removed, with what it alone uses",
    operation: "listBoats",
    input: {},
    see: ({ error }) => error?.split(":")[0],
    old: undefined,
    new: "TypeError",
  },
  { row: "9 a required member is added to an input", input: boat, see: isRejected, old: false, new: true },
  { row: "11 a member is removed from an input", input: { ...boat, Crew: 2 }, see: isRejected, old: false, new: true },
  {
    row: "12 a member is removed from an output",
    input: boat,
    response: { status: 200, body: { Made: 60 } },
    see: ({ output }) => output?.["Made"] instanceof Date,
    old: true,
    new: false,
  },
  {
    row: "13 a member is renamed, and on the wire too",
    input: { ...boat, Boat: { Name: "b", Length: 3 } },
    see: isRejected,
    old: false,
    new: true,
  },
  { row: "14 a member of an input becomes required", input: boat, see: isRejected, old: false, new: true },
  {
    row: "17 a member of an output is no longer required",
    operation: "getBoat",
    input: boat,
    see: ({ output }) => output?.["Left"],
    // What a service has left out although the model requires it is the zero of its type.
    old: 0,
    new: undefined,
  },
  {
    row: "19 a default is added",
    input: boat,
    see: ({ output }) => output?.["Made"],
    old: undefined,
    new: new Date(0),
  },
  {
    row: "33 a list of an input becomes sparse",
    input: { ...boat, Flags: ["a", null] },
    see: isRejected,
    old: true,
    new: false,
  },
  { row: "35 a minimum of an input is raised", input: { ...boat, Crew: 1 }, see: isRejected, old: false, new: true },
  {
    row: "35 a maximum of an input is lowered",
    input: { ...boat, Note: "abcdefghij" },
    see: isRejected,
    old: false,
    new: false,
  },
  {
    row: "35 a maximum of an input is lowered",
    input: { ...boat, Note: "abcdefghij" },
    options: { validation: { max: true } },
    see: isRejected,
    old: false,
    new: true,
  },
  {
    row: "36 a pattern of an input is changed",
    input: { ...boat, Note: "UP" },
    see: isRejected,
    old: false,
    new: false,
  },
  {
    row: "37 a constraint of an input is loosened",
    input: { ...boat, Crew: 0 },
    see: isRejected,
    old: true,
    new: false,
  },
  {
    row: "41 an error is the server's fault",
    operation: "getBoat",
    input: boat,
    response: failing(404, "NoSuchBoat"),
    see: ({ error }) => error?.split(" ").at(-1),
    old: "client",
    new: "server",
  },
  {
    row: "42 an error is retryable",
    operation: "getBoat",
    input: boat,
    response: failing(404, "NoSuchBoat"),
    see: ({ requests }) => requests.length,
    old: 1,
    new: 3,
  },
  {
    row: "44 a member is an idempotency token",
    input: {},
    see: ({ requests: [request] }) => typeof json(request?.body)["Name"],
    old: "undefined",
    new: "string",
  },
  {
    row: "45 an operation is sent elsewhere",
    input: boat,
    see: ({ requests: [request] }) => request?.target,
    old: "POST /boats",
    new: "PUT /boat",
  },
  {
    row: "45 a member is a header",
    input: { ...boat, Note: "hi" },
    see: ({ requests: [request] }) => request?.headers["x-note"],
    old: undefined,
    new: "hi",
  },
  {
    row: "46 another protocol is preferred",
    input: boat,
    see: ({ requests: [request] }) => request?.headers["content-type"],
    old: "application/json",
    new: "application/x-amz-json-1.1",
  },
  {
    row: "47 a bearer token comes first",
    input: boat,
    options: { token: { token: "t" } },
    see: ({ requests: [request] }) => String(request?.headers["authorization"]).split(" ")[0],
    old: "AWS4-HMAC-SHA256",
    new: "Bearer",
  },
  {
    row: "48 another service is signed for",
    input: boat,
    see: ({ requests: [request] }) => /\/(lake|sea)\/aws4_request/.exec(String(request?.headers["authorization"]))?.[1],
    old: "lake",
    new: "sea",
  },
  {
    row: "51 requests carry a checksum",
    input: boat,
    see: ({ requests: [request] }) => typeof request?.headers["content-md5"],
    old: "undefined",
    new: "string",
  },
  {
    row: "52 requests are compressed",
    input: { ...boat, Note: "n".repeat(20_000) },
    see: ({ requests: [request] }) => request?.headers["content-encoding"],
    old: undefined,
    new: "gzip",
  },
  {
    row: "9 a required member is added to what inputs and outputs have",
    input: { ...boat, Boat: { Name: "b" } },
    see: isRejected,
    old: false,
    new: true,
  },
  {
    row: "14 a member of what inputs and outputs have becomes required",
    input: { ...boat, Boat: { Name: "b" } },
    see: isRejected,
    old: false,
    new: true,
  },
  {
    row: "22 a member is of another type",
    input: boat,
    response: { status: 200, body: { Made: "60" } },
    see: ({ output }) => output?.["Made"],
    old: new Date(60_000),
    new: "60",
  },
  {
    row: "22 a member is of another structure that reads alike",
    input: boat,
    response: { status: 200, body: { Made: { Name: "ann" } } },
    see: ({ output }) => output?.["Made"],
    old: undefined,
    new: { Name: "ann" },
  },
  {
    row: "27 a value is inserted into an enum",
    input: { ...boat, Boat: { Name: "b", Kind: "row" } },
    options: { validation: { enum: true } },
    see: isRejected,
    old: true,
    new: false,
  },
  {
    row: "30 a value and its constant are renamed",
    input: ({ Kind }) => ({ ...boat, Boat: { Name: "b", Kind: Object.values(Kind as object)[1] as string } }),
    see: kindOf,
    old: "motor",
    new: "motors",
  },
  {
    row: "30 a constant has another value",
    input: ({ Kind }) => ({ ...boat, Boat: { Name: "b", Kind: (Kind as { MOTOR: string }).MOTOR } }),
    see: kindOf,
    old: "motor",
    new: "engine",
  },
  {
    row: "31 a member is added to a union of an output",
    input: boat,
    response: { status: 200, body: { Cargo: { coal: "black" } } },
    see: ({ output }) => output?.["Cargo"],
    old: { $unknown: ["coal", "black"] },
    new: { coal: "black" },
  },
  {
    row: "32 a member of a union is removed",
    input: boat,
    response: { status: 200, body: { Cargo: { sand: 1 } } },
    see: ({ output }) => output?.["Cargo"],
    old: { sand: 1 },
    new: { $unknown: ["sand", 1] },
  },
  {
    row: "33 a union becomes a structure",
    input: boat,
    response: { status: 200, body: { Cargo: { fish: "cod", sand: 1 } } },
    see: ({ error }) => error?.split(":")[0],
    old: "UnexpectedResponseError",
    new: undefined,
  },
  {
    row: "33 a list becomes sparse",
    operation: "listBoats",
    input: {},
    response: { status: 200, body: { Boats: [{ Name: "ann" }, null] } },
    see: ({ output }) => output?.["Boats"],
    old: [{ Name: "ann" }],
    new: [{ Name: "ann" }, null],
  },
  {
    row: "41 an error has another status",
    input: {},
    use: ({ NoSuchBoat }) => new (NoSuchBoat as new (fields: object) => object)({ message: "none" }),
    see: ({ output }) => output?.["status"],
    old: 404,
    new: 410,
  },
  {
    row: "42 an error is no longer retryable",
    input: boat,
    response: failing(400, "Busy"),
    see: ({ requests }) => requests.length,
    old: 3,
    new: 1,
  },
  {
    row: "42 an error is no longer throttling",
    input: boat,
    response: failing(400, "Busy"),
    options: { maxAttempts: 1 },
    use: (client, made) => caught(() => functionOf(client, "putBoat")(made, boat)),
    see: ({ output }) => output?.["throttling"],
    old: true,
    new: false,
  },
  // What the descriptor says, which hooks and the tools of the Model Context Protocol read.
  {
    row: "43 an operation is idempotent",
    input: {},
    use: factsOf("putBoat$"),
    see: isIdempotent,
    old: false,
    new: true,
  },
  {
    row: "43 an operation no longer only reads",
    input: {},
    use: factsOf("listBoats$"),
    see: isIdempotent,
    old: true,
    new: false,
  },
  {
    row: "47 an operation may be called without credentials",
    operation: "getBoat",
    input: boat,
    options: { credentials: undefined },
    see: ({ requests, error }) => [requests.length, error?.split(":")[0]],
    old: [0, "CredentialsError"],
    new: [1, undefined],
  },
  {
    row: "47 it leaves AWS",
    input: boat,
    see: ({ error }) => error?.split(":")[0],
    old: undefined,
    new: "TypeError",
  },
  { row: "49 the rules lead to another host", input: boat, options: elsewhere, see: hostOf, old: "lake", new: "sea" },
  {
    row: "49 requests to the endpoint are signed in another way",
    input: boat,
    options: elsewhere,
    see: ({ error }) => /\/([\w-]+)\/lake\/aws4_request/.exec(error ?? "")?.[1],
    old: "eu-west-1",
    new: "us-east-1",
  },
  {
    row: "50 an option of the client is gone",
    input: boat,
    options: { harbour: "south" },
    see: ({ error }) => error?.split(":")[0],
    old: undefined,
    new: "TypeError",
  },
  {
    row: "53 a member is streamed",
    operation: "getBoat",
    input: boat,
    see: ({ output }) => typeof (output?.["Boat"] as { readonly text?: unknown } | undefined)?.text,
    old: "undefined",
    new: "function",
  },
  {
    row: "54 an event is added to a stream",
    input: {},
    response: eventResponse("storm", {}, { Force: 9 }),
    use: firstSighting,
    see: ({ output }) => Object.keys(output ?? {}),
    old: ["$unknown"],
    new: ["storm"],
  },
  {
    row: "54 a member of an event becomes a header",
    input: {},
    response: eventResponse("boat", { Far: { type: "integer", value: 3 } }, { Name: "ann" }),
    use: firstSighting,
    see: ({ output }) => output?.["boat"],
    old: { Name: "ann" },
    new: { Name: "ann", Far: 3 },
  },
  {
    row: "55 a paginator is gone",
    input: {},
    use: ({ paginateListBoats }) => ({ type: typeof paginateListBoats }),
    see: ({ output }) => output?.["type"],
    old: "function",
    new: "undefined",
  },
  {
    row: "55 a paginator gives no items",
    input: {},
    response: { status: 200, body: { Boats: [{ Name: "ann" }] } },
    use: async (client, made) => {
      const pages = functionOf(client, "paginateListBoats")(made, {}) as unknown as {
        items(): AsyncIterable<object>;
      };
      const items: object[] = [];
      for await (const item of pages.items()) items.push(item);
      return { items };
    },
    see: ({ output }) => output?.["items"],
    old: [{ Name: "ann" }],
    new: undefined,
  },
  {
    row: "56 a waiter ends by another response",
    input: {},
    response: failing(404, "NoSuchBoat"),
    use: (client, made) => functionOf(client, "waitUntilBoatAfloat")(made, boat, { maxWaitTime: 5 }),
    see: ({ error }) => error?.split(":")[0],
    old: "NoSuchBoat",
    new: "WaiterError",
  },
  {
    row: "57 a shape is no longer sensitive",
    input: { ...boat, Boat: { Name: "b", Owner: { Phone: "555-0100" } } },
    options: { logger },
    see: () => logged.splice(0).some((line) => line.includes("555-0100")),
    old: false,
    new: true,
  },
];

async function clientOf(name: string, ...edits: readonly Edit[]): Promise<ClientModule> {
  const draft = new Draft();
  for (const edit of edits) edit(draft);
  const folder = join(root, ".cache/diff-behaviour");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, draft.text());
  return (await generateClient(file)).module;
}

async function call(
  client: ClientModule,
  { operation = "putBoat", input, use, response: scripted = { status: 200, body: {} }, options = {} }: Case,
): Promise<Seen> {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("latin1")));
    request.on("end", () => {
      requests.push({ target: `${request.method} ${request.url?.split("?")[0]}`, headers: request.headers, body });
      response
        .writeHead(scripted.status, { "content-type": "application/json", ...scripted.headers })
        .end(scripted.body instanceof Uint8Array ? scripted.body : JSON.stringify(scripted.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const Client = client["LakeClient"] as new (options: object) => object;
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  try {
    // Options that only one of the two clients knows are left to it.
    const { token, ...known } = options as { readonly token?: object };
    const withToken =
      token && "token" in options && /httpBearer|bearer/i.test(JSON.stringify(client["Lake$"])) ? { token } : {};
    const made = new Client({
      region: "us-east-1",
      endpoint: `http://127.0.0.1:${port}`,
      credentials,
      ...known,
      ...withToken,
    });
    const given = typeof input === "function" ? input(client) : input;
    const output = await (use ? use(client, made) : functionOf(client, operation)(made, given));
    return { requests, output: output as Seen["output"], error: undefined };
  } catch (error) {
    const { name, message, fault } = error as Error & { readonly fault?: string };
    return { requests, output: undefined, error: `${name}: ${message} ${fault ?? ""}` };
  }
}

describe("what a call does differently with the new client", () => {
  beforeEach(() => {
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) vi.stubEnv(name, join(root, "none"));
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
  });
  afterEach(() => vi.unstubAllEnvs());

  it("covers every row whose behaviour differs", () => {
    const differing = rows.filter(({ changes }) => changes.some((change) => / [Mmp-] [Mm] [y-]/.test(change)));
    const covered = new Set([...assumed, ...cases.map(({ row }) => row)]);
    expect(differing.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
  });

  it.each(cases)(
    "$row",
    async (each) => {
      const row = rows.find(({ name }) => name === each.row);
      if (!row) throw new Error(`There is no row ${each.row}`);
      const { base, edit } = row;
      const old = base ? await clientOf("old-with-base", base) : await clientOf("old");
      const now = await clientOf(each.row.replaceAll(/\W+/g, "-"), ...(base ? [base, edit] : [edit]));
      expect({ old: each.see(await call(old, each)), new: each.see(await call(now, each)) }).toEqual({
        old: each.old,
        new: each.new,
      });
    },
    60_000,
  );
});
