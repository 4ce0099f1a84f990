import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { PlainClient } from "#runtime/client/plain-client.js";
import type { Client } from "#runtime/client/client.js";
import type { ClientOptions } from "#runtime/config/options.js";
import type { HttpRequest, HttpResponse, Transport } from "#runtime/schema/http.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { readStreams } from "../../support/read-streams.js";
import { root, sharedPath } from "../../support/shared.js";
import { type ProtocolCase, protocolCases, type RequestCase, type ResponseCase } from "./cases.js";
import { expectRequest } from "./compare.js";
import { type Ast, fromTestValue } from "./model-values.js";

type OperationFunction = (client: Client, input: unknown) => Promise<Record<string, unknown>>;

export interface SuiteOptions {
  /** File name in `conformance/protocols`. */
  readonly file: string;
  readonly protocols: readonly string[];
  /** How many cases apply to clients. */
  readonly count: number;
  /** Cases that fail, by id, each with the reason. The list only shrinks. */
  readonly knownFailures?: Readonly<Record<string, string>>;
  /** What the suite's model lacks that the service's own has. */
  readonly complete?: (ast: Ast) => Ast;
  /** Options of the client for a case, in place of an endpoint at the case's host. */
  readonly client?: (item: ProtocolCase) => Readonly<Record<string, unknown>>;
  /** What response cases are called with; nothing where absent. */
  readonly responseInput?: object;
}

/** Runs one file of the public protocol tests against the client that is generated from it. */
export function protocolSuite(options: SuiteOptions): void {
  const path = sharedPath(`conformance/protocols/${options.file}`);
  const name = `protocol tests: ${basename(options.file, ".json")}`;
  const ast = path ? (JSON.parse(readFileSync(path, "utf8")) as Ast) : { shapes: {} };
  const cases = protocolCases(ast, options.protocols);

  describe.skipIf(!path)(name, () => {
    let module: ClientModule;
    beforeAll(async () => {
      const model = options.complete ? writeModel(options.file, options.complete(ast)) : (path ?? "");
      ({ module } = await generateClient(model));
    }, 60_000);

    it(`has ${options.count} cases`, () => expect(cases).toHaveLength(options.count));

    it.each(cases.map((item) => [item.id, item] as const))("%s", async (id, item) => {
      const known = options.knownFailures?.[id];
      const run =
        item.kind === "request" ? runRequest(module, ast, item, options) : runResponse(module, ast, item, options);
      if (known === undefined) await run;
      else await expect(run, `${id} passes now: take it off the list`).rejects.toThrow();
    });
  });
}

function writeModel(file: string, ast: Ast): string {
  const path = join(root, ".cache/models", file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(ast));
  return path;
}

function functionOf(module: ClientModule, operation: string): OperationFunction {
  const shapeName = operation.slice(operation.indexOf("#") + 1);
  const functionName = shapeName.charAt(0).toLowerCase() + shapeName.slice(1);
  const found = module[functionName] ?? module[`${functionName}Operation`];
  if (typeof found !== "function") throw new Error(`the client has no function for ${operation}`);
  return found as OperationFunction;
}

function clientWith(
  module: ClientModule,
  transport: Transport,
  host: string,
  options: Readonly<Record<string, unknown>> | undefined,
): Client {
  const entry = Object.entries(module).find(([name, value]) => name.endsWith("Client") && typeof value === "function");
  if (!entry) throw new Error("the package exports no client");
  const ClientClass = entry[1] as new (options: ClientOptions) => Client;
  const ofAws = { region: "us-west-2", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } };
  return new ClientClass({
    ...(ClientClass.prototype instanceof PlainClient ? {} : ofAws),
    ...(options ?? { endpoint: `https://${host}` }),
    maxAttempts: 1,
    transport,
    // Some cases send values that the model's own constraints forbid: they are about the wire.
    validation: false,
  });
}

async function runRequest(module: ClientModule, ast: Ast, item: RequestCase, options: SuiteOptions): Promise<void> {
  let sent: HttpRequest | undefined;
  const transport: Transport = {
    send: (request) => {
      sent = request;
      return Promise.reject(new Error("captured"));
    },
    close: () => Promise.resolve(),
  };
  const token = vi.spyOn(crypto, "randomUUID").mockReturnValue("00000000-0000-4000-8000-000000000000");
  try {
    const client = clientWith(module, transport, item.host ?? "example.com", options.client?.(item));
    const call = functionOf(module, item.operation)(client, fromTestValue(ast, item.input, item.params ?? {}));
    await expect(call).rejects.toThrow("captured");
  } finally {
    token.mockRestore();
  }
  if (!sent) throw new Error("nothing was sent");
  expectRequest(sent, item);
}

async function runResponse(module: ClientModule, ast: Ast, item: ResponseCase, options: SuiteOptions): Promise<void> {
  const response: HttpResponse = {
    status: item.code,
    headers: Object.fromEntries(Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(item.body ?? "", item.bodyMediaType === "application/cbor" ? "base64" : "utf8"),
  };
  const transport: Transport = { send: () => Promise.resolve(response), close: () => Promise.resolve() };
  const client = clientWith(module, transport, "example.com", options.client?.(item));
  const call = functionOf(module, item.operation)(client, options.responseInput ?? {});
  // Null means a member that is not there.
  const params = Object.entries(item.params ?? {}).filter(([, value]) => value !== null);
  const wanted = fromTestValue(ast, item.output, Object.fromEntries(params)) as Record<string, unknown>;
  if (!item.isError) {
    const { $metadata, ...output } = await call;
    expect($metadata).toMatchObject({ status: item.code, attempts: 1 });
    expect(await readStreams(output)).toEqual(wanted);
    return;
  }
  const error = await call.then(
    () => expect.unreachable("an error answer became an output"),
    (failure: unknown) => failure as Record<string, unknown>,
  );
  const shapeName = item.output.slice(item.output.indexOf("#") + 1);
  expect(error["name"]).toBe(shapeName);
  expect(error).toBeInstanceOf(module[shapeName]);
  const found = Object.fromEntries(Object.keys(wanted).map((name) => [name, error[name]]));
  expect(found).toEqual(wanted);
}
