import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";
import { Draft, type Edit } from "../../unit/generator/diff/support/lake.js";
import { rows } from "../../unit/generator/diff/support/rows.js";

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

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

interface Case {
  /** Name of the row whose edit makes the new client. */
  readonly row: string;
  readonly operation?: string;
  readonly input: object;
  readonly answer?: Answer;
  readonly options?: object;
  readonly see: (seen: Seen) => unknown;
  readonly old: unknown;
  readonly new: unknown;
}

const boat = { Name: "ann" };
const failing = (status: number, name: string): Answer => ({ status, headers: { "x-amzn-errortype": name }, body: {} });
const json = (text: string | undefined): Record<string, unknown> => JSON.parse(text ?? "{}") as Record<string, unknown>;
const isRejected = ({ error, requests }: Seen): boolean =>
  error?.startsWith("ValidationError") === true && requests.length === 0;

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
    answer: { status: 200, body: { Made: 60 } },
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
    answer: failing(404, "NoSuchBoat"),
    see: ({ error }) => error?.split(" ").at(-1),
    old: "client",
    new: "server",
  },
  {
    row: "42 an error is retryable",
    operation: "getBoat",
    input: boat,
    answer: failing(404, "NoSuchBoat"),
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
];

async function clientOf(name: string, edit: Edit): Promise<ClientModule> {
  const draft = new Draft();
  edit(draft);
  const folder = join(root, ".cache/diff-behaviour");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, draft.text());
  return (await generateClient(file, { name: `diff-behaviour/${name}` })).module;
}

async function call(
  client: ClientModule,
  { operation = "putBoat", input, answer = { status: 200, body: {} }, options = {} }: Case,
): Promise<Seen> {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("latin1")));
    request.on("end", () => {
      requests.push({ target: `${request.method} ${request.url?.split("?")[0]}`, headers: request.headers, body });
      response
        .writeHead(answer.status, { "content-type": "application/json", ...answer.headers })
        .end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const all = client as Readonly<Record<string, never>>;
  const Client = all["LakeClient"] as unknown as new (options: object) => object;
  const invoke = all[operation] as unknown as (client: object, input: object) => Promise<Record<string, unknown>>;
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  try {
    // Options that only one of the two clients knows are left to it.
    const { token, ...known } = options as { readonly token?: object };
    const withToken =
      token && "token" in options && /httpBearer|bearer/i.test(JSON.stringify(all["Lake$"])) ? { token } : {};
    const made = new Client({
      region: "us-east-1",
      endpoint: `http://127.0.0.1:${port}`,
      credentials,
      ...known,
      ...withToken,
    });
    return { requests, output: await invoke(made, input), error: undefined };
  } catch (error) {
    const { name, message, fault } = error as Error & { readonly fault?: string };
    return { requests, output: undefined, error: `${name}: ${message} ${fault ?? ""}` };
  }
}

describe("what a call does differently with the new client", () => {
  it.each(cases)(
    "$row",
    async (each) => {
      const row = rows.find(({ name }) => name === each.row);
      if (!row) throw new Error(`There is no row ${each.row}`);
      const old = await clientOf("old", () => undefined);
      const now = await clientOf(each.row.replaceAll(/\W+/g, "-"), row.edit);
      expect({ old: each.see(await call(old, each)), new: each.see(await call(now, each)) }).toEqual({
        old: each.old,
        new: each.new,
      });
    },
    60_000,
  );
});
