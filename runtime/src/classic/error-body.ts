import type { OperationCodec, Operation } from "../schema/service.js";
import { decodeUtf8 } from "../text/bytes.js";
import type { HttpResponse } from "../schema/http.js";
import { awsError } from "./aws-error.js";
import type { AWSError, ServiceDefinition } from "./types.js";

/** The error in a response. */
export async function readError(
  response: HttpResponse,
  statusMessage: string | undefined,
  codec: OperationCodec,
  operation: Operation,
  { model: { service }, serviceIdentifier }: ServiceDefinition,
): Promise<AWSError> {
  if (serviceIdentifier === "s3") return readS3Error(response, codec, operation);
  const error =
    codec.format === "JSON"
      ? readJsonError(response, statusMessage)
      : await readOtherError(response, statusMessage, codec, operation);
  // Services that spoke the query protocol before keep the codes that they had in it.
  const queryCode = response.headers["x-amzn-query-error"]?.split(";");
  if (service.awsQueryCompatible && queryCode && queryCode.length > 1) error.code = queryCode[0] as string;
  return error;
}

/** The header, then the body; other members of the body become properties that are not enumerable. */
function readJsonError({ headers, body, status }: HttpResponse, statusMessage: string | undefined): AWSError {
  const code = headers["x-amzn-errortype"]?.split(":")[0] ?? "UnknownError";
  if (body.byteLength === 0) return awsError(new Error(), { code, statusCode: status, message: String(status) });
  const members = jsonObject(body);
  // A page of a proxy, for example.
  if (!members)
    return awsError(new Error(), { code, statusCode: status, ...(statusMessage && { message: statusMessage }) });
  const named = [members["__type"], members["code"], members["Code"]].find((name) => typeof name === "string" && name);
  const stated = [members["message"], members["Message"]].find((text) => typeof text === "string" && text);
  const ownCode = (typeof named === "string" ? named.split("#").pop() : undefined) ?? code;
  const message = ownCode === "RequestEntityTooLarge" ? "Request body must be less than 1 MB" : stated;
  const error = awsError(new Error(), { code: ownCode, ...(typeof message === "string" && { message }) });
  return withHints(error, members);
}

/** Undefined for a body that is not JSON, and for null. */
function jsonObject(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    return (JSON.parse(decodeUtf8(body)) ?? undefined) as Record<string, unknown> | undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Codes of Amazon S3 for errors without a body: responses to HEAD, and conditions that are not met. */
const codesOfStatus: Readonly<Record<number, string>> = {
  304: "NotModified",
  400: "BadRequest",
  403: "Forbidden",
  404: "NotFound",
};

/** Errors of Amazon S3 carry the Region of the bucket where the response has it, and are named by their status without a body. */
async function readS3Error(response: HttpResponse, codec: OperationCodec, operation: Operation): Promise<AWSError> {
  const { status, headers, body } = response;
  const region = headers["x-amz-bucket-region"] ?? /<Region>([\w-]+)<\/Region>/.exec(decodeUtf8(body))?.[1];
  const located = region === undefined ? {} : { region };
  const unnamed = unnamedCode(status);
  if (body.byteLength === 0) return awsError(new Error(), { ...located, code: codesOfStatus[status] ?? unnamed });
  const { code, message = "", members } = await codec.readError(response);
  const error = awsError(new Error(), { ...located, code: codeOf(code, operation) ?? unnamed, message });
  return withMembers(error, members);
}

async function readOtherError(
  response: HttpResponse,
  statusMessage: string | undefined,
  codec: OperationCodec,
  operation: Operation,
): Promise<AWSError> {
  const { code: name, message = "", members } = await codec.readError(response);
  // AWS SDK v2 names no error by its status, but for conditions that are not met.
  const isNamed = response.body.byteLength > 0 || response.status === 304;
  const code = isNamed ? codeOf(name, operation) : undefined;
  if (code !== undefined) return withMembers(awsError(new Error(), { code, message }), members);
  const unnamed = unnamedCode(response.status);
  const isXml = /^\s*(<(?!html|!doctype)|$)/i.test(decodeUtf8(response.body));
  return awsError(new Error(), { code: unnamed, ...(!isXml && statusMessage && { message: statusMessage }) });
}

/** As in AWS SDK v2, an XML error without a code has its status, a number, as the code. */
function unnamedCode(status: number): string {
  return status as unknown as string;
}

/** The code as it was sent, which is not always the name of the error's shape. */
function codeOf(name: string | undefined, { errors = [] }: Operation): string | undefined {
  return errors.find(({ shape }) => shape.name === name)?.shape.error?.queryErrorCode ?? name;
}

/** The members of a JSON error are not enumerable, since they may be sensitive. An enumerable hint names each. */
function withHints(error: AWSError, members: Readonly<Record<string, unknown>>): AWSError {
  for (const name of Object.keys(members)) {
    if (isMember(name)) Object.assign(error, { [`[${name}]`]: `See error.${name} for details.` });
  }
  return withMembers(error, members);
}

/** AWS SDK v2 reads no members of XML errors, so that there they are without a hint. */
function withMembers(error: AWSError, members: Readonly<Record<string, unknown>>): AWSError {
  for (const [name, value] of Object.entries(members)) {
    if (!isMember(name)) continue;
    // The error's own properties, such as its name or time, are kept.
    const own: unknown = Reflect.get(error, name);
    Object.defineProperty(error, name, { value: own || value, enumerable: false, writable: true, configurable: true });
  }
  return error;
}

function isMember(name: string): boolean {
  return name !== "code" && name !== "message" && name !== "__proto__";
}
