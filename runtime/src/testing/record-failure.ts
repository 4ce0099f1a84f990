import type { Operation } from "../schema/service.js";
import { type Failure, failureOf } from "./rejection.js";
import type { LocalServiceSettings } from "./options.js";
import type { OpenRecord } from "./record.js";

/** For bugs: the caller gets no details. */
const internalFailure: Failure = {
  name: "InternalFailure",
  message: "The request could not be processed because of an internal error.",
  status: 500,
  shape: undefined,
  members: {},
};

/** The error to return for a thrown value. Records it, and reports a bug to `onError`. */
export function recordFailure(
  thrown: unknown,
  operation: Operation | undefined,
  record: OpenRecord,
  settings: LocalServiceSettings,
): Failure {
  const failure = failureOf(thrown, operation);
  if (!failure) {
    record.cause = thrown;
    settings.onError(thrown, record);
  }
  record.error = (failure ?? internalFailure).name;
  return failure ?? internalFailure;
}
