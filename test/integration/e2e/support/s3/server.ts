import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32 } from "node:zlib";
import type { ReceivedRequest } from "../../../../support/verify-signature.js";
import { decodeChunks } from "./aws-chunked.js";
import { checkPolicy, readForm } from "./form.js";
import { checkPolicySignature, checkSignature, type Keys } from "./official-signature.js";
import { listPage, ObjectStore, xml } from "./store.js";

/** A request that the server accepted. */
export interface AcceptedRequest extends ReceivedRequest {
  /** `header`, `query` or `form`: where its signature was. */
  readonly signed: string;
  /** The interim response 100 was sent for it. */
  readonly continued: boolean;
}

export interface S3Server {
  readonly endpoint: string;
  readonly accepted: readonly AcceptedRequest[];
  readonly store: ObjectStore;
  /** Rejects the next request by its headers, before its body is sent. */
  rejectNext(status: number, code: string): void;
  close(): void;
}

class RejectionError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message = "") {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * A small S3, with buckets in the path. Signatures are checked with the official signer, trailers and checksums with
 * Node's. A key that starts with `sink/` keeps only its size; one that starts with `zeros/` has as many bytes.
 */
export async function startS3(keys: Keys): Promise<S3Server> {
  const accepted: AcceptedRequest[] = [];
  const store = new ObjectStore();
  const rejections: RejectionError[] = [];
  const scripted = async (request: IncomingMessage, response: ServerResponse, continues: boolean): Promise<void> => {
    const rejection = rejections.shift();
    if (rejection) throw rejection;
    await handle({ request, response, continues, keys, store, accept: (each) => void accepted.push(each) });
  };
  const listener = (continues: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    scripted(request, response, continues).catch((error: unknown) => reject(response, error));
  };
  const server = createServer(listener(false)).on("checkContinue", listener(true));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted,
    store,
    rejectNext: (status, code) => void rejections.push(new RejectionError(status, code)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function reject(response: ServerResponse, error: unknown): void {
  const { status, code } = error instanceof RejectionError ? error : { status: 403, code: "AccessDenied" };
  const message = error instanceof Error ? error.message : String(error);
  if (!response.headersSent) response.writeHead(status, { "content-type": "application/xml" });
  response.end(xml("Error", { Code: code, Message: message }));
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly continues: boolean;
  readonly keys: Keys;
  readonly store: ObjectStore;
  accept(request: AcceptedRequest): void;
}

async function handle(exchange: Exchange): Promise<void> {
  const { request, response, continues, keys, store } = exchange;
  const { method = "", headers } = request;
  const [path = "", query = ""] = (request.url ?? "").split("?", 2);
  const [, bucket = "", ...rest] = path.split("/");
  const key = rest.map(decodeURIComponent).join("/");
  const parameters = new URLSearchParams(query.replaceAll("+", "%2B"));
  const received = { method, path, query, headers };
  if (method === "POST" && key === "" && headers["content-type"]?.startsWith("multipart/form-data")) {
    await upload(exchange, bucket, received);
    return;
  }
  await checkSignature(received, keys).catch((error: unknown) => {
    throw new RejectionError(403, "SignatureDoesNotMatch", String(error));
  });
  const stated = String(headers["x-amz-content-sha256"]);
  const sum = createHash("sha256");
  const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  const isChunked = headers["content-encoding"]?.includes("aws-chunked") === true;
  if (headers["transfer-encoding"] && headers["x-amz-decoded-content-length"] === undefined) {
    throw new RejectionError(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
  }
  if (continues) response.writeContinue();
  exchange.accept({ ...received, signed: headers["authorization"] ? "header" : "query", continued: continues });

  const raw = request as AsyncIterable<Buffer>;
  const decoded = isChunked ? decodeChunks(raw) : { body: raw, trailers: new Map<string, string>() };
  const sink = key.startsWith("sink/");
  const parts: Buffer[] = [];
  let [size, checksum] = [0, 0];
  if (hasBody) {
    for await (const part of decoded.body) {
      if (!isChunked) sum.update(part);
      checksum = crc32(part, checksum);
      size += part.length;
      if (!sink) parts.push(part);
    }
  }
  if (/^[\da-f]{64}$/.test(stated) && stated !== sum.digest("hex"))
    throw new RejectionError(400, "XAmzContentSHA256Mismatch");
  const length = headers["x-amz-decoded-content-length"];
  if (length !== undefined && Number(length) !== size) throw new RejectionError(400, "IncompleteBody");
  const crc = base64(checksum);
  const wanted = String(headers["x-amz-trailer"] ?? "");
  if (wanted !== "" && !decoded.trailers.has(wanted)) throw new RejectionError(400, "MalformedTrailerError");
  const given =
    headers["x-amz-checksum-crc32"] ??
    parameters.get("x-amz-checksum-crc32") ??
    decoded.trailers.get("x-amz-checksum-crc32");
  if (given !== undefined && given !== crc)
    throw new RejectionError(400, "BadDigest", `${String(given)} is not ${crc}`);
  const body = Buffer.concat(parts);
  respond(exchange, { method, bucket, key, parameters, body, size, crc, store });
}

interface Read {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly parameters: URLSearchParams;
  readonly body: Buffer;
  readonly size: number;
  readonly crc: string;
  readonly store: ObjectStore;
}

function respond(
  { request, response }: Exchange,
  { method, bucket, key, parameters, body, size, crc, store }: Read,
): void {
  const name = `${bucket}/${key}`;
  const send = (status: number, headers: Record<string, string> = {}, text = ""): void => {
    response.writeHead(status, headers).end(text);
  };
  const mode = request.headers["x-amz-checksum-mode"] ?? parameters.get("x-amz-checksum-mode");
  const uploadId = parameters.get("uploadId");
  if (method === "POST" && parameters.has("uploads")) {
    return send(200, {}, xml("InitiateMultipartUploadResult", { UploadId: store.beginUpload(name) }));
  }
  if (method === "PUT" && uploadId !== null) {
    return send(200, { etag: store.putPart(uploadId, Number(parameters.get("partNumber")), body, crc) });
  }
  if (method === "POST" && uploadId !== null) {
    return send(200, {}, xml("CompleteMultipartUploadResult", { ETag: store.complete(uploadId, body.toString()) }));
  }
  if (method === "POST" && parameters.has("delete")) {
    for (const [, each = ""] of body.toString().matchAll(/<Key>([^<]*)<\/Key>/g))
      store.objects.delete(`${bucket}/${each}`);
    return send(200, {}, xml("DeleteResult", {}));
  }
  if (method === "PUT") {
    store.objects.set(name, { body, size, checksum: crc });
    return send(200, { etag: '"etag"', "x-amz-checksum-crc32": crc });
  }
  if (method === "DELETE") {
    store.objects.delete(name);
    return send(204);
  }
  if (key === "") return send(200, {}, listPage(store, bucket, parameters));
  if (key.startsWith("zeros/")) return sendZeros(response, Number(key.slice("zeros/".length)));
  const object = store.objects.get(name);
  if (!object) throw new RejectionError(404, "NoSuchKey", "The specified key does not exist.");
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(String(request.headers["range"] ?? "")) ?? [];
  const isPart = from !== undefined;
  const content = isPart ? object.body.subarray(Number(from), Number(to) + 1) : object.body;
  response.writeHead(isPart ? 206 : 200, {
    "content-length": String(content.length),
    ...(isPart && { "content-range": `bytes ${from}-${Number(from) + content.length - 1}/${object.body.length}` }),
    ...(!isPart && mode === "ENABLED" && { "x-amz-checksum-crc32": object.checksum }),
  });
  response.end(method === "HEAD" ? undefined : content);
}

function sendZeros(response: ServerResponse, size: number): void {
  const block = Buffer.alloc(65_536);
  response.writeHead(200, { "content-length": String(size) });
  let left = size;
  const more = (): void => {
    while (left > 0) {
      const part = block.subarray(0, Math.min(block.length, left));
      left -= part.length;
      if (!response.write(part)) return void response.once("drain", more);
    }
    response.end();
  };
  more();
}

async function upload(
  { request, response, keys, store, accept }: Exchange,
  bucket: string,
  received: ReceivedRequest,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const form = await readForm(String(request.headers["content-type"]), Buffer.concat(chunks));
  await checkPolicySignature(form.fields, keys);
  checkPolicy(form);
  if (form.fields.get("bucket") !== bucket) throw new Error("the form is for another bucket");
  const key = (form.fields.get("key") ?? "").replace("${filename}", form.fileName);
  store.objects.set(`${bucket}/${key}`, {
    body: form.file,
    size: form.file.length,
    checksum: base64(crc32(form.file)),
  });
  accept({ ...received, signed: "form", continued: false });
  response.writeHead(Number(form.fields.get("success_action_status") ?? 204)).end();
}

function base64(checksum: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(checksum);
  return bytes.toString("base64");
}
