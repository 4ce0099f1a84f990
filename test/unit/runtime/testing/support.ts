import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { onTestFinished } from "vitest";
import { EndpointError, ServiceError } from "#runtime/errors/index.js";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import type { Operation, Service, ServiceModel } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";
import {
  type LocalService,
  type LocalServiceOptions,
  startLocalService,
  testCredentials,
} from "#runtime/testing/index.js";

/** A small service, written by hand as the generator would write it. */

export interface Note {
  Id: string;
  Text?: string;
  At?: Date;
  Tags?: string[];
  Kind?: string;
}

export class NoteNotFoundException extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "NoteNotFoundException",
    members: { Message: { type: "string" }, NoteId: { type: "string" }, status: { type: "string" } },
    error: { fault: "client", status: 404 },
  };
}

export class TooManyNotesException extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "TooManyNotesException",
    members: { message: { type: "string" } },
    error: { fault: "client" },
  };
}

const note: StructureShape = {
  type: "structure",
  name: "Note",
  members: {
    Id: { type: "string", required: true, length: { min: 2, max: 8 } },
    Text: { type: "string" },
    At: { type: "timestamp" },
    Tags: { type: "list", member: { type: "string" } },
    Kind: { type: "string", enum: { Short: "short", Long: "long" } },
  },
};

const empty = (name: string): StructureShape => ({ type: "structure", name, members: {} });

const putNote: Operation<Note, { Note?: Note }, NoteNotFoundException> = {
  name: "PutNote",
  input: { ...note, name: "PutNoteRequest" },
  output: { type: "structure", name: "PutNoteResponse", members: { Note: { target: note } } },
  errors: [NoteNotFoundException, TooManyNotesException],
};

const deleteNote: Operation<{ Id: string }, object> = {
  name: "DeleteNote",
  input: { type: "structure", name: "DeleteNoteRequest", members: { Id: { type: "string", required: true } } },
  output: empty("DeleteNoteResponse"),
};

const ping: Operation = { name: "Ping", input: empty("PingRequest"), output: empty("PingResponse"), auth: "none" };

const whoAmI: Operation<object, { Name?: string }> = {
  name: "WhoAmI",
  input: empty("WhoAmIRequest"),
  output: { type: "structure", name: "WhoAmIResponse", members: { Name: { type: "string" } } },
  auth: "optional",
};

export const service: Service = {
  name: "Notes",
  sdkId: "Notes",
  shapeName: "Notes_20200101",
  version: "2020-01-01",
  signingName: "notes",
  protocol: awsJson1_1,
  endpointBuiltIns: {},
  resolveEndpoint: () => {
    throw new EndpointError("not used");
  },
};

export const NotesModel = {
  service,
  operations: { putNote, deleteNote, ping, whoAmI },
} satisfies ServiceModel;

type Options = Partial<LocalServiceOptions<typeof NotesModel>>;

/** A local service for one test. What its hooks report goes to `errors`. */
export async function start(options: Options = {}): Promise<LocalService & { errors: unknown[] }> {
  const errors: unknown[] = [];
  const local = await startLocalService({
    service: NotesModel,
    handlers: {},
    onError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(() => local.close());
  return Object.assign(local, { errors });
}

export interface CallOptions {
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  date?: Date;
  region?: string;
  service?: string;
  headers?: Record<string, string>;
  target?: string;
  path?: string;
  method?: string;
  unsigned?: boolean;
  signal?: AbortSignal;
}

export interface Responded {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

/** Calls an operation with nothing of the runtime's: signed by the official signer, sent by fetch. */
export async function call(
  endpoint: string,
  operation: string,
  input: unknown,
  options: CallOptions = {},
): Promise<Responded> {
  const { hostname, port } = new URL(endpoint);
  const { method = "POST", path = "/" } = options;
  const request = {
    method,
    protocol: "http:",
    hostname,
    port: Number(port),
    path,
    headers: {
      host: `${hostname}:${port}`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": options.target ?? `Notes_20200101.${operation}`,
      ...options.headers,
    },
    body: typeof input === "string" ? input : JSON.stringify(input),
  };
  const signer = new SignatureV4({
    credentials: options.credentials ?? testCredentials,
    region: options.region ?? "eu-west-1",
    service: options.service ?? "notes",
    sha256: Sha256,
  });
  const { headers } = options.unsigned
    ? request
    : await signer.sign(request, { signingDate: options.date ?? new Date() });
  const { host: _, ...sent } = headers as Record<string, string>;
  const response = await fetch(endpoint + path, {
    method,
    headers: sent,
    body: method === "GET" ? null : request.body,
    signal: options.signal ?? null,
  });
  const text = await response.text();
  const json = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, text, json };
}
