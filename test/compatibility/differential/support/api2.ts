import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Ast, shapeOf } from "../../../conformance/support/model-values.js";
import { canonicalXml } from "../../../conformance/support/xml.js";
import { readApi2 } from "#generator/model/api2/index.js";
import { Report } from "#generator/model/source/report.js";
import { peerFile } from "../../../support/peers.js";
import { boundToHttp, fitForHttp, ownHeaders } from "./http.js";
import { sayableInXml, toXml } from "./xml.js";

export type Json = Readonly<Record<string, unknown>>;

/** A description that aws-sdk 2 ships, with its paginators and waiters as that package joins them. */
export function shippedDescription(name: string): Json {
  const read = (kind: string): Json | undefined => {
    const file = peerFile("aws-sdk", `apis/${name}.${kind}.json`);
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Json) : undefined;
  };
  return {
    ...read("min"),
    paginators: read("paginators")?.["pagination"] ?? {},
    waiters: read("waiters2")?.["waiters"] ?? {},
  };
}

export interface DescribedOperation {
  readonly name: string;
  readonly input: string;
  readonly output: string;
}

/** A description in Smithy's form, for values to be made of it. */
export function astOf(description: Json): { readonly ast: Ast; readonly operations: readonly DescribedOperation[] } {
  const source = { file: "api", text: "" };
  const { model } = readApi2(description, { source, path: [] }, [], new Report([source]));
  const ast = model as unknown as Ast;
  const unit = "smithy.api#Unit";
  const operations = Object.entries(ast.shapes).flatMap(([id, shape]) => {
    const { type, input, output } = shape as unknown as Record<string, { target: string } | undefined> & {
      type: string;
    };
    if (type !== "operation") return [];
    return [{ name: id.split("#")[1] ?? "", input: input?.target ?? unit, output: output?.target ?? unit }];
  });
  return { ast, operations };
}

/**
 * A value that both take for the same: text of printable characters, times of whole seconds, numbers that JSON has, bytes
 * as what v2 takes for them. How unusual values are treated is what the suites of the protocols show.
 */
export function fitForBoth(ast: Ast, id: string, value: object): object {
  return tame(fitForHttp(ast, id, sayableInXml(value) as object)) as object;
}

function tame(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(/[^ -~]/g, "-").trim() || "text";
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : 1.5;
  if (value instanceof Date) return new Date(Math.trunc((value.getTime() % 2e12) / 1000) * 1000);
  if (value instanceof Uint8Array) return Buffer.from(value.length > 0 ? value : [1]);
  if (Array.isArray(value)) return value.map(tame);
  if (typeof value !== "object" || value === null) return value;
  // Keys become names of elements and headers.
  const keyOf = (key: string): string => key.replaceAll(/[^\w-]/g, "") || "key";
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key === "__proto__" ? "proto" : keyOf(key), tame(item)]),
  );
}

/** What a service responds with a value, in the protocol's form. */
export function respondWith(
  protocol: string,
  ast: Ast,
  operation: DescribedOperation,
  value: object,
): ScriptedResponse {
  const { name, output } = operation;
  const xml = (body: string): ScriptedResponse => ({
    body,
    headers: { "content-type": "text/xml", "x-amzn-requestid": "r-1" },
  });
  switch (protocol) {
    case "query": {
      const metadata = "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>";
      return xml(
        `<${name}Response><${name}Result>${toXml(ast, output, value)}</${name}Result>${metadata}</${name}Response>`,
      );
    }
    case "ec2":
      return xml(`<${name}Response><requestId>r-1</requestId>${toXml(ast, output, value)}</${name}Response>`);
    case "rest-xml": {
      const { headers, members } = boundToHttp(ast, output, value);
      const scripted = xml(payloadOf(ast, output, members, "xml"));
      return { ...scripted, headers: { ...scripted.headers, ...headers } };
    }
    case "rest-json": {
      const { headers, members } = boundToHttp(ast, output, value);
      const body = payloadOf(ast, output, members, "json");
      return { body, headers: { "content-type": "application/json", "x-amzn-requestid": "r-1", ...headers } };
    }
    default:
      return {
        body: jsonText(ast, output, value),
        headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "r-1" },
      };
  }
}

/** An error response, in the protocol's form. */
export function failureWith(protocol: string, status: number, code: string): ScriptedResponse {
  const headers = { "x-amzn-requestid": "r-1" };
  const xml = `<Code>${code}</Code><Message>no &lt;of&gt; course</Message>`;
  switch (protocol) {
    case "query":
      return {
        status,
        headers,
        body: `<ErrorResponse><Error>${xml}</Error><RequestId>r-1</RequestId></ErrorResponse>`,
      };
    case "ec2":
      return {
        status,
        headers,
        body: `<Response><Errors><Error>${xml}</Error></Errors><RequestID>r-1</RequestID></Response>`,
      };
    case "rest-xml":
      return { status, headers, body: `<Error>${xml}<RequestId>r-1</RequestId></Error>` };
    case "rest-json":
      return {
        status,
        headers: { ...headers, "x-amzn-errortype": `${code}:http://internal.example.com/` },
        body: JSON.stringify({ message: "no <of> course" }),
      };
    default:
      return { status, headers, body: JSON.stringify({ __type: `a.b#${code}`, message: "no <of> course" }) };
  }
}

function payloadOf(ast: Ast, id: string, members: Json, form: "xml" | "json"): string {
  const bound = Object.entries(shapeOf(ast, id).members ?? {}).find(
    ([, { traits = {} }]) => "smithy.api#httpPayload" in traits,
  );
  const [name, target, value] = bound
    ? [bound[0], bound[1].target, members[bound[0]]]
    : ["Root", id, members as unknown];
  if (value === undefined) return "";
  if (value instanceof Uint8Array)
    return Buffer.from(value)
      .toString("latin1")
      .replaceAll(/[^ -~]/g, "-");
  if (typeof value === "string") return value;
  if (form === "json") return jsonText(ast, target, value as object);
  return `<${name}>${toXml(ast, target, value)}</${name}>`;
}

/** Names as they are sent, seconds for times, base64 for bytes. */
function jsonText(ast: Ast, id: string, value: unknown): string {
  const written = (target: string, traits: Json, item: unknown): unknown => {
    const shape = shapeOf(ast, target);
    if (item instanceof Date) {
      const format = traits["smithy.api#timestampFormat"] ?? shape.traits?.["smithy.api#timestampFormat"];
      return format === "date-time" ? item.toISOString().replace(".000Z", "Z") : item.getTime() / 1000;
    }
    if (item instanceof Uint8Array) return Buffer.from(item).toString("base64");
    if (shape.type === "list") {
      return (item as unknown[]).map((each) => written(shape.member?.target ?? "", shape.member?.traits ?? {}, each));
    }
    if (shape.type === "map") {
      const { target: to = "", traits: own = {} } = shape.value ?? {};
      return Object.fromEntries(Object.entries(item as object).map(([key, each]) => [key, written(to, own, each)]));
    }
    if (shape.type !== "structure" && shape.type !== "union") return item;
    return Object.fromEntries(
      Object.entries(item as object).map(([name, each]) => {
        const { target: to = "", traits: own = {} } = shape.members?.[name] ?? {};
        return [String(own["smithy.api#jsonName"] ?? name), written(to, own, each)];
      }),
    );
  };
  return JSON.stringify(written(id, {}, value));
}

export interface ScriptedResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a request says, whichever way it is written. */
export interface Sent {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: readonly string[];
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface Loopback {
  readonly endpoint: string;
  readonly sent: Sent[];
  response: ScriptedResponse;
  close(): Promise<void>;
}

/** A server on loopback that responds to everything with one response. */
export async function startLoopback(): Promise<Loopback> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [path = "", query = ""] = (request.url ?? "").split("?");
      const headers = Object.entries(request.headers).filter(([name]) => !ownHeaders.test(name) && !isHop.test(name));
      loopback.sent.push({
        method: request.method,
        path,
        query: query.split("&").map(decodeURIComponent).filter(Boolean).toSorted(),
        // A blank between the items of a list says nothing.
        headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value).replaceAll(/, */g, ",")])),
        body: meaningOf(Buffer.concat(chunks).toString("latin1"), String(request.headers["content-type"] ?? "")),
      });
      const { status = 200, headers: given = {}, body } = loopback.response;
      response.writeHead(status, given).end(request.method === "HEAD" ? undefined : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const loopback: Loopback = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: [],
    response: { body: "" },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return loopback;
}

/** Of the connection, or of the body that is compared by itself; AWS SDK v2 says of few bodies what they are. */
const isHop = /^(connection|transfer-encoding|content-type)$/;

/** Without idempotency tokens, which each client makes. */
function meaningOf(body: string, type: string): unknown {
  const text = body.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "(token)");
  if (type.includes("form-urlencoded")) return text.split("&").map(decodeURIComponent).toSorted();
  try {
    if (text.startsWith("<")) return canonicalXml(text);
    return text.startsWith("{") ? (JSON.parse(text) as unknown) : text;
  } catch {
    // A payload of text that only begins like a document.
    return text;
  }
}

/** An outcome as data that can be compared. */
export function plainOutcome(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return `buffer ${value.toString("hex")}`;
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plainOutcome);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plainOutcome(item)]),
  );
}
