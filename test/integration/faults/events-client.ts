import type { Transport } from "@clientsmith/runtime";
import { sigv4 } from "@clientsmith/runtime/auth/sigv4";
import {
  Client,
  type ClientOptions,
  invoke,
  type Operation,
  type Service,
  ServiceError,
  type StructureShape,
  type UnionShape,
} from "@clientsmith/runtime/codegen/v1";
import { eventStreamInput } from "@clientsmith/runtime/features/event-stream-input";
import { eventStreamOutput } from "@clientsmith/runtime/features/event-stream-output";
import { restJson1 } from "@clientsmith/runtime/protocols/restJson";
import type { EventStream } from "../../../runtime/src/event-streams/types.js";
import { limit } from "./fault.js";

/** A service with one operation that receives events and one that sends them, as generated code declares them. */
const service: Service = {
  name: "Wire",
  sdkId: "Wire",
  shapeName: "Wire",
  version: "2026-01-01",
  signingName: "wire",
  authSchemes: [sigv4()],
  protocol: restJson1,
  resolveEndpoint: ({ Endpoint }) => ({ url: String(Endpoint) }),
  endpointBuiltIns: { Endpoint: "SDK::Endpoint" },
};

class BusyError extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "BusyError",
    members: { message: { type: "string" } },
    error: { fault: "server", status: 503 },
  };
}

const text: StructureShape = {
  type: "structure",
  name: "Text",
  members: { text: { type: "string", required: true } },
};
const words: UnionShape = { type: "union", name: "Words", members: { text: { target: text } } };
const stream = { words: { type: "eventStream", events: words, streaming: true, httpPayload: true } } as const;
const withWords = (name: string): StructureShape => ({ type: "structure", name, members: stream });
const unit: StructureShape = { type: "structure", name: "Unit", members: {} };
const http = { method: "POST", uri: "/", code: 200 };
const data = { member: "words", errors: { busy: "BusyError" } };

const listen$: Operation = {
  name: "Listen",
  input: unit,
  output: withWords("ListenOutput"),
  errors: [BusyError],
  http,
  features: [eventStreamOutput(data)],
};
const tell$: Operation = {
  name: "Tell",
  input: withWords("TellInput"),
  output: { type: "structure", name: "TellOutput", members: { count: { type: "integer" } } },
  errors: [BusyError],
  http,
  features: [eventStreamInput(data)],
};

class WireClient extends Client {
  constructor(options: ClientOptions) {
    super(service, options);
  }
}

export interface Word {
  readonly text: { readonly text: string };
}

interface Heard {
  readonly words: EventStream<Word>;
}

export interface CallSettings {
  readonly signal?: AbortSignal;
  readonly deadline?: number;
}

/** A client with limits that are soon reached. */
export function openClient(port: number, transport: Transport) {
  const client = new WireClient({
    region: "eu-west-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
    transport,
    headersTimeout: limit,
    bodyTimeout: limit,
    firstEventTimeout: limit,
    eventTimeout: limit,
  });
  return {
    client,
    listen: (options?: CallSettings) => invoke(client, listen$, {}, options) as Promise<unknown> as Promise<Heard>,
    tell: (input: AsyncIterable<unknown>, options?: CallSettings) => invoke(client, tell$, { words: input }, options),
  };
}

export type WireCalls = ReturnType<typeof openClient>;
