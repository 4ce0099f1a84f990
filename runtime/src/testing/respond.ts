import { formatPath, type ValidationIssue } from "../errors/index.js";
import type { Operation, ServiceModel, Service } from "../schema/service.js";
import { describeType, isObject } from "../schema/values.js";
import { verifyRequest } from "../signing/verify.js";
import { validate } from "../validate/validate.js";
import { type Failure, failureOf, Refusal } from "./failure.js";
import type { RequestContext } from "./handlers.js";
import type { LocalServiceSettings } from "./options.js";
import type { ServerProtocol, ServerResponse } from "./protocols/protocol.js";
import { maxBodyLength, type WholeRequest } from "./receive.js";
import type { OpenRecord } from "./record.js";

/** The state of one request until its response. */
export interface ReceivedCall {
  readonly request: WholeRequest;
  readonly operation: Operation | undefined;
  /** Set while the request is processed. */
  readonly record: OpenRecord;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

/**
 * The response to a request: the handler's output, or an error.
 *
 * @param injected an error to return instead of calling the handler
 */
export async function respond(
  exchange: ReceivedCall,
  settings: LocalServiceSettings,
  protocol: ServerProtocol,
  injected: unknown,
): Promise<ServerResponse> {
  const { operation, record } = exchange;
  try {
    if (injected !== undefined) throw injected;
    return await handle(exchange, settings, protocol);
  } catch (error) {
    const failure = failureOf(error, operation);
    if (!failure) {
      record.cause = error;
      settings.onError(error, record);
    }
    record.error = (failure ?? internalFailure).name;
    return protocol.writeFailure(failure ?? internalFailure);
  }
}

/** For bugs: the caller gets no details. */
const internalFailure: Failure = {
  name: "InternalFailure",
  message: "The request could not be processed because of an internal error.",
  status: 500,
  shape: undefined,
  members: {},
};

async function handle(
  { request, operation, record, signal }: ReceivedCall,
  settings: LocalServiceSettings,
  protocol: ServerProtocol,
): Promise<ServerResponse> {
  if (request.tooLong) {
    throw new Refusal("RequestEntityTooLargeException", 413, `The body is longer than ${maxBodyLength} bytes`);
  }
  if (!operation) throw unknownOperation(request, settings.service);
  authenticate(request, operation, record, settings);
  const input = protocol.readInput(operation, request);
  record.input = input;
  checkInput(operation, input, settings);
  const { requestId, accessKeyId, region, attempt } = record;
  const context = { operation: operation.name, requestId, accessKeyId, region, attempt, request, signal };
  const output = await handlerOf(operation, settings)(input, context);
  checkOutput(operation, output);
  return protocol.writeOutput(operation, output);
}

function unknownOperation({ method, path, headers }: WholeRequest, { service }: ServiceModel): Refusal {
  const target = headers["x-amz-target"];
  const what = typeof target === "string" ? `the target ${JSON.stringify(target)}` : `${method} ${path}`;
  return new Refusal("UnknownOperationException", 400, `${service.name} has no operation for ${what}`);
}

function authenticate(
  request: WholeRequest,
  operation: Operation,
  record: OpenRecord,
  { service, credentials, clock }: LocalServiceSettings,
): void {
  const { signingName } = service.service;
  if (signingName === undefined || operation.auth === "none") return;
  if (operation.auth === "optional" && request.headers["authorization"] === undefined) return;
  if (takesToken(operation, service.service) && /^Bearer ./.test(String(request.headers["authorization"]))) return;
  const result = verifyRequest(request, {
    lookup: (accessKeyId) => credentials.find((known) => known.accessKeyId === accessKeyId),
    service: signingName,
    now: new Date(clock()),
  });
  if (!result.ok) throw new Refusal(result.code, 400, result.message);
  record.accessKeyId = result.accessKeyId;
  record.region = result.region;
}

function takesToken({ authSchemes }: Operation, service: Service): boolean {
  return (authSchemes ?? service.authSchemes ?? []).some(({ id }) => id === "smithy.api#httpBearerAuth");
}

function checkInput(operation: Operation, input: object, { invalidInput }: LocalServiceSettings): void {
  const issues = validate(operation.input, input);
  if (issues.length === 0) return;
  const error = invalidInput?.({ operation: operation.name, input, issues });
  throw error ?? new Refusal("ValidationException", 400, listIssues(issues));
}

/** All violations on one line, as AWS services do. */
export function listIssues(issues: readonly ValidationIssue[]): string {
  const count = issues.length === 1 ? "1 validation error" : `${issues.length} validation errors`;
  return `${count} detected: ${issues.map(({ path, message }) => `${formatPath(path)} ${message}`).join("; ")}`;
}

/** A handler without its types. */
type AnyHandler = (input: object, context: RequestContext) => unknown;

function handlerOf(operation: Operation, { service, handlers }: LocalServiceSettings): AnyHandler {
  const { operations } = service;
  const name = Object.keys(operations).find((key) => operations[key]?.name === operation.name) ?? operation.name;
  const handler = (handlers as Readonly<Record<string, AnyHandler | undefined>>)[name];
  if (handler) return handler;
  const advice = `pass startLocalService({ handlers: { ${name}: (input) => … } })`;
  throw new Refusal("NotImplemented", 501, `The local ${service.service.name} has no handler for ${name}: ${advice}`);
}

/** An output that the model does not know is a bug of the handler, even if clients would accept it. */
function checkOutput(operation: Operation, output: unknown): asserts output is object {
  const handler = `The handler of ${operation.name}`;
  if (!isObject(output)) throw new TypeError(`${handler} must return an object, but returned ${describeType(output)}`);
  // Constraint traits apply to inputs. Services return outputs that violate them, and clients must accept these.
  const issues = validate(operation.output, output, {});
  if (issues.length > 0) {
    throw new TypeError(`${handler} returned an invalid ${operation.output.name}: ${listIssues(issues)}`);
  }
}
