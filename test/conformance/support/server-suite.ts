import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { decode, Tagged } from "cborg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Operation, ServiceErrorClass, ServiceModel } from "#runtime/schema/service.js";
import { type LocalService, startLocalService } from "#runtime/testing/index.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { readStreams } from "../../support/read-streams.js";
import { sharedPath } from "../../support/shared.js";
import { protocolCases, type RequestCase, type ResponseCase } from "./cases.js";
import { exchange, type RawResponse } from "./exchange.js";
import { type Ast, fromTestValue } from "./model-values.js";
import { canonicalXml } from "./xml.js";

export interface ServerSuiteOptions {
  /** File name in `conformance/protocols`. */
  readonly file: string;
  readonly protocol: string;
  /** How many request and response cases apply to servers. */
  readonly requests: number;
  readonly responses: number;
  /** Cases that fail, by id (and kind, if a request and a response have the same), each with the reason. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Whatever handler a case needs. */
type AnyHandler = (input: object) => unknown;

/** Runs one file of the public protocol tests against the local service. */
export function serverSuite({ file, protocol, requests, responses, knownFailures = {} }: ServerSuiteOptions): void {
  const path = sharedPath(`conformance/protocols/${file}`);
  const name = basename(file, ".json");
  const ast = path ? (JSON.parse(readFileSync(path, "utf8")) as Ast) : { shapes: {} };
  const cases = protocolCases(ast, [protocol], "server");

  describe.skipIf(!path)(`protocol tests of servers: ${name}`, () => {
    let module: ClientModule;
    let handler: AnyHandler = () => ({});
    const services: LocalService[] = [];

    beforeAll(async () => {
      const generated = await generateClient(path ?? "");
      module = generated.module;
      const model = await modelIn(generated.folder);
      for (const service of [withoutAuth(model), withoutInputs(withoutAuth(model))]) {
        const handlers = Object.fromEntries(
          Object.keys(service.operations).map((each) => [each, (input: object) => handler(input)]),
        );
        const onError = (error: unknown) => services[0] && errors.push(error);
        services.push(
          await startLocalService({ service, handlers: handlers as object, onError, faults: () => undefined }),
        );
      }
    }, 60_000);
    afterAll(() => Promise.all(services.map((service) => service.close())));

    const errors: unknown[] = [];

    it(`has ${requests} requests and ${responses} responses`, () => {
      expect(cases.filter(({ kind }) => kind === "request")).toHaveLength(requests);
      expect(cases.filter(({ kind }) => kind === "response")).toHaveLength(responses);
    });

    it.each(cases.map((item) => [item.id, item] as const))("%s", async (id, item) => {
      errors.length = 0;
      const set = (next: AnyHandler) => (handler = next);
      const run =
        item.kind === "request"
          ? runRequest(services[0]?.endpoint ?? "", ast, item, set)
          : runResponse(services[1]?.endpoint ?? "", ast, item, set, module).catch((error: unknown) => {
              throw errors[0] ?? error;
            });
      if (knownFailures[id] === undefined && knownFailures[`${id} ${item.kind}`] === undefined) await run;
      else await expect(run, `${id} passes now: take it off the list`).rejects.toThrow();
    });
  });
}

export async function modelIn(folder: string): Promise<ServiceModel> {
  const exports = (await import(join(folder, "src/model.ts"))) as Readonly<Record<string, ServiceModel>>;
  const [model] = Object.values(exports);
  if (!model) throw new Error(`${folder} exports no model`);
  return model;
}

/** The cases' requests are not signed. */
export function withoutAuth({ service, operations, ...model }: ServiceModel): ServiceModel {
  const { signingName: _name, authSchemes: _schemes, ...unsigned } = service;
  return { ...model, service: unsigned, operations: mapped(operations, (each) => ({ ...each, auth: "none" })) };
}

/** Response cases state no request: each operation can be called without an input, by its name. */
function withoutInputs({ operations, ...model }: ServiceModel): ServiceModel {
  return {
    ...model,
    operations: mapped(operations, (each) => ({
      ...each,
      input: { type: "structure", name: each.input.name, members: {} },
      ...(each.http && { http: { ...each.http, method: "POST", uri: `/${each.name}` } }),
    })),
  };
}

function mapped(
  operations: ServiceModel["operations"],
  change: (operation: Operation) => Operation,
): ServiceModel["operations"] {
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, change(operation)]));
}

function bytesOf({ body = "", bodyMediaType, headers = {} }: Partial<RequestCase>): Buffer {
  const isCbor = [bodyMediaType, headers["Content-Type"]].includes("application/cbor");
  // The MD5 of a body is that of the body without white space.
  const text = headers["Content-MD5"] === undefined ? body : JSON.stringify(JSON.parse(body));
  return Buffer.from(text, isCbor ? "base64" : "utf8");
}

function bodyOf(item: RequestCase, ast: Ast): Uint8Array {
  if (item.body !== undefined) return bytesOf(item);
  if (item.headers?.["Content-Encoding"] !== undefined) return compressedBody(item, ast);
  return isRest(ast) ? new Uint8Array() : requestOf(ast, nameOf(item.operation)).body;
}

/** Cases of compressed requests state the input and no body. */
function compressedBody({ protocol, operation, params = {} }: RequestCase, ast: Ast): Uint8Array {
  const { encoding, data } = params as { readonly encoding?: string; readonly data: string };
  const name = nameOf(operation);
  const inBody = { ...(encoding !== undefined && !isRest(ast) && { encoding }), data };
  if (/json/i.test(protocol)) return gzipSync(JSON.stringify(inBody));
  if (!isRest(ast)) {
    const names = protocol.endsWith("#ec2Query") ? { encoding: "Encoding", data: "Data" } : {};
    const entries = Object.entries(inBody).map(([key, value]) => [
      (names as Record<string, string>)[key] ?? key,
      value,
    ]);
    return gzipSync(new URLSearchParams([["Action", name], ...(entries as [string, string][])]).toString());
  }
  return gzipSync(`<${name}Input><data>${data}</data></${name}Input>`);
}

/** A few cases state only the part of the request that they are about. */
function headersOf(item: RequestCase, ast: Ast): Record<string, string> {
  const { operation, headers = {}, body = "", bodyMediaType, resolvedHost } = item;
  const [bucket] = /^[^.]+(?=\.s3)/.exec(resolvedHost ?? "") ?? [];
  const { headers: complete } = requestOf(ast, nameOf(operation));
  const isCompressed = item.body === undefined && headers["Content-Encoding"] !== undefined;
  const contentType = isCompressed ? "application/json" : bodyMediaType;
  const isJson = contentType === "application/json" && item.protocol.endsWith("#restJson1");
  const isStated = (name: string): boolean => Object.keys(headers).some((each) => each.toLowerCase() === name);
  const missing = Object.entries(complete).filter(([name]) => !isStated(name));
  return {
    ...(isRest(ast)
      ? (isCompressed || (body !== "" && !item.headers)) && isJson && { "content-type": contentType }
      : Object.fromEntries(missing)),
    ...headers,
    // A local service knows the bucket of a virtual-hosted request by such a host.
    ...(bucket !== undefined && { host: `${bucket}.localhost` }),
  };
}

function isRest(ast: Ast): boolean {
  const service = Object.values(ast.shapes).find(({ type }) => type === "service");
  return Object.keys(service?.traits ?? {}).some((trait) => /#rest(Json1|Xml)$/.test(trait));
}

function nameOf(id: string): string {
  return id.slice(id.indexOf("#") + 1);
}

async function runRequest(
  endpoint: string,
  ast: Ast,
  item: RequestCase,
  setHandler: (handler: AnyHandler) => void,
): Promise<void> {
  let received: object | undefined;
  setHandler(async (input) => {
    received = await readStreams(input);
    // The output is of no interest.
    throw Object.assign(new Error("received"), { name: "Received", status: 418 });
  });
  const query = item.queryParams?.length ? `?${item.queryParams.join("&")}` : "";
  const { status, body } = await exchange(endpoint, {
    method: item.method,
    target: item.uri + query,
    headers: headersOf(item, ast),
    body: bodyOf(item, ast),
  });
  expect(status, body.toString()).toBe(418);
  expect(received).toEqual(fromTestValue(ast, item.input, item.params ?? {}));
}

async function runResponse(
  endpoint: string,
  ast: Ast,
  item: ResponseCase,
  setHandler: (handler: AnyHandler) => void,
  module: ClientModule,
): Promise<void> {
  const values = withBigLongs(fromTestValue(ast, item.output, item.params ?? {})) as Record<string, unknown>;
  const shapeName = nameOf(item.output);
  setHandler(() => {
    if (!item.isError) return values;
    const Class = module[shapeName] as ServiceErrorClass;
    const { message, Message, ...members } = values;
    // An error has a message, which its shape may not have.
    const stated = /<Message>(.*)<\/Message>/.exec(item.body ?? "")?.[1];
    const text = (message ?? Message ?? stated) as string | undefined;
    throw new Class({ ...(text !== undefined && { message: text }), ...members });
  });
  const sent = await exchange(endpoint, requestOf(ast, nameOf(item.operation)));
  expectResponse(sent, item);
}

/** Handlers return longs beyond 2^53 as bigints. */
function withBigLongs(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withBigLongs(item)]));
}

/** A request without an input, for the protocol of the service. */
function requestOf(ast: Ast, operation: string) {
  const [id, service] = Object.entries(ast.shapes).find(([, { type }]) => type === "service") ?? [];
  const name = id?.split("#")[1] ?? "";
  const traits = Object.keys(service?.traits ?? {}).filter((trait) => /protocols#\w+/.test(trait));
  const is = (protocol: string): boolean => traits.some((trait) => trait.endsWith(`#${protocol}`));
  const method = "POST";
  const body = new Uint8Array();
  if (is("awsJson1_0") || is("awsJson1_1")) {
    const version = is("awsJson1_0") ? "1.0" : "1.1";
    const headers = { "content-type": `application/x-amz-json-${version}`, "x-amz-target": `${name}.${operation}` };
    return { method, target: "/", headers, body };
  }
  if (is("rpcv2Cbor")) {
    const headers = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };
    return { method, target: `/service/${name}/operation/${operation}`, headers, body };
  }
  if (is("awsQuery") || is("ec2Query")) {
    return {
      method,
      target: "/",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: Buffer.from(`Action=${operation}`),
    };
  }
  return { method, target: `/${operation}`, headers: {}, body };
}

function expectResponse(sent: RawResponse, item: ResponseCase & { readonly forbidHeaders?: readonly string[] }): void {
  expect(sent.status, sent.body.toString()).toBe(item.code);
  for (const [name, value] of Object.entries(item.headers ?? {})) {
    expect(sent.headers[name.toLowerCase()], `header ${name}`).toBe(value);
  }
  for (const name of item.forbidHeaders ?? []) expect(sent.headers).not.toHaveProperty([name.toLowerCase()]);
  if (item.body === undefined) return;
  const text = sent.body.toString("utf8");
  if (item.bodyMediaType === "application/cbor") {
    if (item.body === "") expect(sent.body.byteLength).toBe(0);
    else expect(decode(sent.body, cborOptions)).toEqual(decode(Buffer.from(item.body, "base64"), cborOptions));
  } else if (item.bodyMediaType === "application/json" && item.body !== "") {
    expect(JSON.parse(text)).toEqual(JSON.parse(item.body));
  } else if (/^\s*</.test(item.body)) {
    expect(canonicalXml(withoutRequestId(text))).toEqual(canonicalXml(withoutRequestId(item.body)));
  } else expect(text).toBe(item.body);
}

const cborOptions = { tags: Tagged.preserve(1, 2, 3, 4) };

/** Every response has its own request ID, which the cases leave out or state as an example. */
function withoutRequestId(xml: string): string {
  return xml
    .replace(/\s*<(requestid)>[^<]*<\/\1>\s*/gi, "")
    .replace(/\s*<ResponseMetadata>\s*<\/ResponseMetadata>\s*/, "");
}
