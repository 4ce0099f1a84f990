import type { OperationCodec, Operation, Service } from "../schema/service.js";
import { decodeUtf8 } from "../text/bytes.js";
import type { HttpResponse } from "../transport/types.js";
import { awsError } from "./aws-error.js";
import type { AWSError } from "./types.js";

/** The error that a response stands for. */
export async function readError(
  response: HttpResponse,
  statusMessage: string | undefined,
  codec: OperationCodec,
  operation: Operation,
  service: Service,
): Promise<AWSError> {
  const error =
    codec.format === "JSON"
      ? readJsonError(response, statusMessage)
      : await readOtherError(response, statusMessage, codec, operation);
  // Services that spoke the query protocol before keep the codes that they had in it.
  const queryCode = response.headers["x-amzn-query-error"]?.split(";");
  if (service.awsQueryCompatible && queryCode && queryCode.length > 1) error.code = queryCode[0] as string;
  return error;
}

/** Header, then body; what else the body holds becomes properties that stay out of the way of loops. */
function readJsonError({ headers, body, status }: HttpResponse, statusMessage: string | undefined): AWSError {
  const code = headers["x-amzn-errortype"]?.split(":")[0] ?? "UnknownError";
  if (body.byteLength === 0) return awsError(new Error(), { code, statusCode: status, message: String(status) });
  const members = jsonObject(body);
  // A proxy's page, say.
  if (!members)
    return awsError(new Error(), { code, statusCode: status, ...(statusMessage && { message: statusMessage }) });
  const named = [members["__type"], members["code"], members["Code"]].find((name) => typeof name === "string" && name);
  const said = [members["message"], members["Message"]].find((text) => typeof text === "string" && text);
  const ownCode = (typeof named === "string" ? named.split("#").pop() : undefined) ?? code;
  const message = ownCode === "RequestEntityTooLarge" ? "Request body must be less than 1 MB" : said;
  const error = awsError(new Error(), { code: ownCode, ...(typeof message === "string" && { message }) });
  return withMembers(error, members);
}

/** Undefined for what is no JSON, or nothing in JSON. */
function jsonObject(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    return (JSON.parse(decodeUtf8(body)) ?? undefined) as Record<string, unknown> | undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function readOtherError(
  response: HttpResponse,
  statusMessage: string | undefined,
  codec: OperationCodec,
  { errors = [] }: Operation,
): Promise<AWSError> {
  const { code: name, message = "", members } = await codec.readError(response);
  if (name !== undefined) {
    // The code as it was sent, which is not always the name of the error's shape.
    const code = errors.find(({ shape }) => shape.name === name)?.shape.error?.queryErrorCode ?? name;
    return withMembers(awsError(new Error(), { code, message }), members);
  }
  const text = statusMessage ?? String(response.status);
  return awsError(new Error(), { code: "UnknownError", message: text, statusCode: response.status });
}

/** A hint that loops come by stands for each member, which they do not come by themselves: it may be sensitive. */
function withMembers(error: AWSError, members: Readonly<Record<string, unknown>>): AWSError {
  for (const [name, value] of Object.entries(members)) {
    if (name === "code" || name === "message" || name === "__proto__") continue;
    Object.assign(error, { [`[${name}]`]: `See error.${name} for details.` });
    // What the error has itself, its name or its time, stays.
    const own: unknown = Reflect.get(error, name);
    Object.defineProperty(error, name, { value: own || value, enumerable: false, writable: true, configurable: true });
  }
  return error;
}
