import type { Json } from "../source/json.js";
import { type PathLocation, inside } from "../source/source.js";
import { type Api2Context, present } from "./context.js";

/** Traits of a structure that is an error. Empty if it is not. */
export function exceptionTraits(json: Json, location: PathLocation, id: string, context: Api2Context): Json {
  if (context.value(json, "exception", "boolean", location, id) !== true) return {};
  const error = context.object(json, "error", location, id) ?? {};
  const at = inside(location, "error");
  const status = context.value(error, "httpStatusCode", "number", at, id);
  const isServers = context.value(json, "fault", "boolean", location, id) === true;
  const code = context.value(error, "code", "string", at, id);
  const retryable = context.object(json, "retryable", location, id);
  return present({
    "smithy.api#error": isServers || isFaultByStatus(error, status) ? "server" : "client",
    "smithy.api#httpError": status,
    "smithy.api#retryable": retryable,
    // The code on the wire, which may differ from the name of the shape.
    "aws.protocols#awsQueryError":
      code === undefined || !context.hasErrorCodes ? undefined : present({ code, httpResponseCode: status }),
  });
}

/** Whether the fault is only known from the HTTP status. */
function isFaultByStatus({ senderFault }: Json, status: number | undefined): boolean {
  return senderFault !== true && status !== undefined && status >= 500;
}
