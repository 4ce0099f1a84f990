import type { Acceptor } from "../operations/wait.js";
import { awsError } from "./aws-error.js";
import type { Request } from "./request.js";
import type { Service } from "./service.js";
import type { ClassicWaiter, WaiterOptions } from "./types.js";

/** Max attempts in AWS SDK v2 of a waiter without a number of its own. */
const defaultMaxAttempts = 25;

/** Parameters of a waiter: those of the operation that is polled, and how to wait. */
export interface WaiterParams {
  readonly $waiter?: WaiterOptions;
  readonly [member: string]: unknown;
}

/**
 * The request that is repeated until its response is that of the state. Any other response fails with the code
 * `ResourceNotReady`, which is retried.
 *
 * @throws AWSError for a state that the service does not know
 */
export function waitingRequest(
  service: Service,
  state: string,
  params: WaiterParams,
): Request<Record<string, unknown>> {
  const { waiters = {} } = service.definition;
  const waiter = Object.hasOwn(waiters, state) ? waiters[state] : undefined;
  if (!waiter) throw awsError(new Error(`State ${state} not found.`), { code: "StateNotFoundError" });
  const { $waiter = {}, ...rest } = params;
  const { delay = waiter.minDelay, maxAttempts = waiter.maxAttempts ?? defaultMaxAttempts } = $waiter;
  const request = service.makeRequest(waiter.operation, rest) as Request<Record<string, unknown>>;
  const { response } = request;
  response.maxRetries = maxAttempts;

  request.on("retry", () => {
    if (response.error?.code === "ResourceNotReady") response.error.retryDelay = delay * 1000;
  });
  const judge = (): void => {
    const accepted = acceptorOf(waiter, request);
    if (accepted?.state === "success") {
      response.error = null;
      response.data ??= {};
      request.removeAllListeners("extractData");
      return;
    }
    const isRetried = accepted ? accepted.state === "retry" : response.error === null;
    response.data = null;
    response.error = awsError(response.error ?? new Error(), {
      code: "ResourceNotReady",
      message: `Resource is not in the state ${state}`,
      retryable: isRetried,
    });
  };
  request.on("extractData", judge);
  request.on("extractError", judge);
  return request;
}

function acceptorOf(
  waiter: ClassicWaiter,
  request: Request<Record<string, unknown>>,
): Acceptor<object, object> | undefined {
  const { response, params, definition } = request;
  const { error, data } = response;
  // Waiters name an error by its shape or by the code that is sent.
  const shape = definition?.errors?.find((each) => each.shape.error?.queryErrorCode === error?.code)?.shape;
  const names = error ? [error.code, shape?.name] : [];
  // The acceptors of the operation that is polled.
  const acceptors = waiter.acceptors as readonly Acceptor<object, object>[];
  return acceptors.find(({ success, errorType, status, output }) => {
    if (error) {
      const isNamed = errorType !== undefined && names.includes(errorType);
      return success === false || isNamed || (status !== undefined && status === response.httpResponse.statusCode);
    }
    return success === true || (data !== null && output?.(data, params) === true);
  });
}
