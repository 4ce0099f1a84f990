import { gunzipSync } from "node:zlib";
import type { FormDialect } from "../../../protocols/query/write.js";
import { XmlWriter } from "../../../protocols/xml/write.js";
import type { Operation, ServiceModel } from "../../../schema/service.js";
import type { Member, StructureShape, XmlNamespace } from "../../../schema/shapes.js";
import type { ReceivedRequest } from "../../../signing/verify.js";
import { decodeUtf8 } from "../../../text/bytes.js";
import { type Failure, RejectionError } from "../../rejection.js";
import { maxBodyLength, tooLong } from "../../receive.js";
import { headerOf } from "../http/headers.js";
import { mediaTypeOf } from "../http/media-types.js";
import { parseQuery, type QueryValues } from "../http/query.js";
import type { ServerProtocol, ServerRequest, ServerResponse } from "../protocol.js";
import { readOrReject, unreadable } from "../read/reject.js";
import { FormReader } from "./read-form.js";

/** The differences between the servers of the two query protocols. */
export interface QueryServerDialect {
  readonly form: FormDialect;
  readonly contentType: string;
  /** The shape of a response with an output, and its values. */
  output(operation: Operation, output: object, requestId: string): XmlOutput;
  failure(failure: Failure, requestId: string): XmlOutput;
}

export interface XmlOutput {
  readonly root: string;
  readonly members: Readonly<Record<string, Member>>;
  readonly values: object;
}

const formType = "application/x-www-form-urlencoded";

/** The server side of awsQuery and ec2Query. */
export class QueryServer implements ServerProtocol {
  readonly routesByBody = true;
  readonly contentType: string;
  readonly unknownOperation = { name: "InvalidAction", status: 400 };
  readonly #model: ServiceModel;
  readonly #dialect: QueryServerDialect;
  readonly #reader: FormReader;
  readonly #writer = new XmlWriter();

  constructor(model: ServiceModel, dialect: QueryServerDialect) {
    this.#model = model;
    this.#dialect = dialect;
    this.contentType = dialect.contentType;
    this.#reader = new FormReader(dialect.form);
  }

  /** Parameters may also be in the query, as in requests that are made by hand or presigned. */
  route(request: ReceivedRequest): Operation | undefined {
    const [name] = formOf(decompressed(request)).get("Action") ?? [];
    return Object.values(this.#model.operations).find((operation) => operation.name === name);
  }

  readInput({ input }: Operation, request: ServerRequest): object {
    const contentType = mediaTypeOf(headerOf(request, "content-type"));
    if (request.body.byteLength > 0 && contentType !== formType) {
      const message = `The content type must be ${formType}, but is ${contentType ?? "absent"}`;
      throw new RejectionError("UnsupportedMediaTypeException", 415, message);
    }
    return readOrReject("a form", () => this.#reader.read(input, formOf(request)));
  }

  writeOutput(operation: Operation, output: object, requestId: string): ServerResponse {
    return this.#response(200, this.#dialect.output(operation, output, requestId), this.#model.server?.xmlNamespace);
  }

  writeFailure(failure: Failure, requestId: string): ServerResponse {
    return this.#response(failure.status, this.#dialect.failure(failure, requestId));
  }

  #response(status: number, { root, members, values }: XmlOutput, namespace?: XmlNamespace): ServerResponse {
    const shape: StructureShape = { type: "structure", name: root, members };
    const body = this.#writer.write(shape, values, { name: root, namespace });
    return { status, headers: { "content-type": this.#dialect.contentType }, body };
  }
}

function formOf({ query, body = "" }: ReceivedRequest): QueryValues {
  const text = typeof body === "string" ? body : decodeUtf8(body);
  return parseQuery(query === "" ? text : `${query}&${text}`);
}

/** The operation's name may be in a compressed body. */
function decompressed(request: ReceivedRequest): ReceivedRequest {
  if (!/(^|[ ,])gzip$/.test(headerOf(request, "content-encoding") ?? "") || !request.body?.length) return request;
  try {
    return { ...request, body: gunzipSync(request.body, { maxOutputLength: maxBodyLength }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLong();
    throw unreadable("The body is not compressed with gzip");
  }
}
