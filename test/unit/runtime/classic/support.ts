import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { sigv4 } from "#runtime/auth/sigv4.js";
import { type Request, Service, type ServiceDefinition } from "#runtime/classic/index.js";
import type { RequestEvents } from "#runtime/classic/request.js";
import type { Method, ServiceConstructor, Waiting } from "#runtime/classic/types.js";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import type { Operation, Service as Described } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";

const Book$: StructureShape = {
  type: "structure",
  name: "Book",
  members: {
    Title: { type: "string" },
    Pages: { type: "integer" },
    Printed: { type: "timestamp" },
    Cover: { type: "blob" },
    Tags: { type: "list", member: { type: "string" } },
  },
};

/** One operation for each thing that operations can have. */
export const operations = {
  getBook: {
    name: "GetBook",
    input: {
      type: "structure",
      name: "GetBookRequest",
      members: { Title: { type: "string", required: true }, Cover: { type: "blob" }, Pages: { type: "integer" } },
    },
    output: { type: "structure", name: "GetBookResponse", members: { Book: { target: Book$ } } },
  },
  listBooks: {
    name: "ListBooks",
    input: {
      type: "structure",
      name: "ListBooksRequest",
      members: { Token: { type: "string" }, Author: { type: "string" } },
    },
    output: {
      type: "structure",
      name: "ListBooksResponse",
      members: { Books: { type: "list", member: { target: Book$ } }, Token: { type: "string" } },
    },
  },
  buyBook: {
    name: "BuyBook",
    input: {
      type: "structure",
      name: "BuyBookRequest",
      members: { Title: { type: "string" }, Order: { type: "string", idempotencyToken: true } },
    },
    output: { type: "structure", name: "BuyBookResponse", members: {} },
  },
  lookAround: {
    name: "LookAround",
    input: { type: "structure", name: "LookAroundRequest", members: {} },
    output: { type: "structure", name: "LookAroundResponse", members: {} },
    auth: "none",
  },
} as const satisfies Record<string, Operation>;

export const described: Described = {
  name: "Books",
  sdkId: "Books",
  shapeName: "Books_2020",
  version: "2020-01-01",
  signingName: "books",
  authSchemes: [sigv4()],
  protocol: awsJson1_1,
  resolveEndpoint: ({ Endpoint, Region }) => ({
    url: typeof Endpoint === "string" ? Endpoint : `https://books.${String(Region)}.example.com`,
  }),
  endpointBuiltIns: { Region: "AWS::Region", Endpoint: "SDK::Endpoint" },
};

export const definition: ServiceDefinition = {
  model: { service: described, operations },
  serviceIdentifier: "books",
  apiVersions: ["2020-01-01"],
  paginators: {
    listBooks: { inputToken: "Token", outputToken: ["Token"], items: ["Books"] },
  },
  waiters: {
    bookPrinted: {
      name: "BookPrinted",
      operation: "getBook",
      minDelay: 0.01,
      maxDelay: 0.02,
      maxAttempts: 3,
      acceptors: [
        { state: "success", output: (output) => "Printed" in ((output as { Book?: object }).Book ?? {}) },
        { state: "failure", errorType: "Burnt" },
        { state: "retry", errorType: "Unwritten" },
      ],
    },
  },
};

export interface Book {
  Title?: string;
  Pages?: number;
  Printed?: Date;
  Cover?: Uint8Array;
  Tags?: string[];
}

export interface Books extends Service {
  getBook: Method<{ Title: string; Cover?: Uint8Array; Pages?: number }, { Book?: Book }>;
  listBooks: Method<{ Token?: string; Author?: string }, { Books?: Book[]; Token?: string }>;
  buyBook: Method<{ Title?: string; Order?: string }>;
  lookAround: Method;
  readonly waitFor: Waiting<{ bookPrinted: Books["getBook"] }>;
}

export const Books: ServiceConstructor<Books> = Service.defineService<Books>(definition);

/** What a server has been asked. */
export interface Hit {
  readonly request: IncomingMessage;
  readonly body: string;
}

type ScriptedResponse = (response: ServerResponse, hit: Hit, number: number) => void;

const opened: { close(): void }[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

/** A server on a free port of this machine, closed after the test. */
export async function serve(given: ScriptedResponse): Promise<{ endpoint: string; hits: Hit[] }> {
  const hits: Hit[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const hit = { request, body: Buffer.concat(parts).toString() };
      hits.push(hit);
      given(response, hit, hits.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push({
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hits };
}

/** Responds with JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): ScriptedResponse {
  return (response) => {
    response.writeHead(status, { "x-amzn-requestid": "r-1", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

export const options = {
  region: "us-east-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "secret",
  retryDelayOptions: { base: 1 },
};

/** A service object for a server that responds so, and what that server has been asked. */
export async function books(
  scripted: ScriptedResponse,
  more: object = {},
): Promise<{ service: Books; hits: Hit[]; endpoint: string }> {
  const { endpoint, hits } = await serve(scripted);
  return { service: new Books({ ...options, endpoint, ...more }), hits, endpoint };
}

const names: readonly (keyof RequestEvents<unknown>)[] = [
  "validate",
  "build",
  "afterBuild",
  "restart",
  "sign",
  "send",
  "httpUploadProgress",
  "httpHeaders",
  "httpDownloadProgress",
  "httpData",
  "httpDone",
  "httpError",
  "validateResponse",
  "extractData",
  "extractError",
  "retry",
  "afterRetry",
  "success",
  "error",
  "complete",
];

/** The events of a request as they come, by name. */
export function eventsOf<Data, Err>(request: Request<Data, Err>): string[] {
  const seen: string[] = [];
  for (const name of names) request.on(name, () => seen.push(name));
  return seen;
}

/** How a request ends. */
export function outcome<Data, Err>(request: Request<Data, Err>): Promise<{ err: Err | null; data: Data | null }> {
  return new Promise((resolve) => {
    request.on("complete", ({ error, data }) => resolve({ err: error, data }));
    request.send();
  });
}
