import type { Operation, ServiceModel } from "../schema/service.js";
import { describeType, isObject } from "../schema/values.js";
import { fillDefaults } from "../schema/defaults.js";
import { validate } from "../validate/validate.js";
import { authenticate } from "./authenticate.js";
import { RejectionError } from "./rejection.js";
import type { RequestContext } from "./handlers.js";
import { Unauthorized } from "./identities/unauthorized.js";
import { invalidInputError, invalidTokenError } from "./invalid-input.js";
import { listIssues } from "./list-issues.js";
import type { LocalServiceSettings } from "./options.js";
import { pagesOf } from "./pages.js";
import type { ServerProtocol, ServerResponse } from "./protocols/protocol.js";
import { readInput } from "./read-input.js";
import { tooLong, type CompleteRequest } from "./receive.js";
import type { OpenRecord } from "./record.js";
import { recordFailure } from "./record-failure.js";
import { writeOutput } from "./write-output.js";

/** The state of one request until its response. */
export interface ReceivedCall {
  readonly request: CompleteRequest;
  readonly operation: Operation | undefined;
  /** Error of routing. */
  readonly rejection: unknown;
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
  const { operation, record, rejection } = exchange;
  try {
    if (rejection !== undefined) throw rejection;
    if (injected !== undefined) throw injected;
    return await handle(exchange, settings, protocol);
  } catch (error) {
    const response = protocol.writeFailure(recordFailure(error, operation, record, settings), record.requestId);
    return error instanceof Unauthorized ? error.complete(response) : response;
  }
}

async function handle(
  { request, operation, record, signal }: ReceivedCall,
  settings: LocalServiceSettings,
  protocol: ServerProtocol,
): Promise<ServerResponse> {
  if (request.tooLong) throw tooLong();
  if (!operation) throw unknownOperation(request, settings.service, protocol);
  const authentic = authenticate(request, operation, settings);
  record.accessKeyId = authentic?.accessKeyId;
  record.region = authentic?.region;
  const sent = fillDefaults(operation.input, await readInput(request, operation, authentic, settings, protocol));
  record.input = sent;
  const { name, handler } = handlerOf(operation, settings);
  const pages = handler && pagesOf(name, handler, settings.service);
  const input = pages?.withoutToken(sent) ?? sent;
  checkInput(operation, input, settings);
  if (!handler) throw notImplemented(name, settings);
  const pageOf = pages?.open(sent, () => invalidToken(operation, sent, pages.tokenName, settings));
  const { requestId, accessKeyId, region, attempt } = record;
  const context = { operation: operation.name, requestId, accessKeyId, region, attempt, request, signal };
  const returned = await handler(input, context);
  const output = pageOf && isObject(returned) ? pageOf(returned) : returned;
  checkOutput(operation, output);
  return writeOutput(operation, fillDefaults(operation.output, output), settings, protocol, record);
}

function unknownOperation(
  { method, path, headers }: CompleteRequest,
  { service }: ServiceModel,
  { unknownOperation: { name, status } }: ServerProtocol,
): RejectionError {
  const target = headers["x-amz-target"];
  const what = typeof target === "string" ? `the target ${JSON.stringify(target)}` : `${method} ${path}`;
  return new RejectionError(name, status, `${service.name} has no operation for ${what}`);
}

function checkInput(operation: Operation, input: object, { invalidInput }: LocalServiceSettings): void {
  const issues = validate(operation.input, input);
  if (issues.length === 0) return;
  const error = invalidInput?.({ operation: operation.name, input, issues });
  throw error ?? invalidInputError(operation.input, input, issues);
}

function invalidToken(
  operation: Operation,
  input: object,
  member: string,
  { invalidInput }: LocalServiceSettings,
): Error {
  const message = "must be a token that the service returned for the same input";
  const issues = [{ path: [member], rule: "pattern", message }] as const;
  return invalidInput?.({ operation: operation.name, input, issues }) ?? invalidTokenError(member);
}

/** A handler without its types. */
type AnyHandler = (input: object, context: RequestContext) => unknown;

/** The function name of an operation, and its handler. */
function handlerOf(
  operation: Operation,
  { service: { operations }, handlers }: LocalServiceSettings,
): { readonly name: string; readonly handler: AnyHandler | undefined } {
  const name = Object.keys(operations).find((key) => operations[key]?.name === operation.name) ?? operation.name;
  return { name, handler: (handlers as Readonly<Record<string, AnyHandler | undefined>>)[name] };
}

function notImplemented(name: string, { service: { service } }: LocalServiceSettings): RejectionError {
  const advice = `pass startLocalService({ handlers: { ${name}: (input) => … } })`;
  return new RejectionError("NotImplemented", 501, `The local ${service.name} has no handler for ${name}: ${advice}`);
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
