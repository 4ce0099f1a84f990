import * as cloudtrail from "@clientsmith/cloudtrail";
import type { HttpRequest, Transport } from "../../../runtime/src/transport/types.js";
import { answerHeaders, type Caller, emptyAnswer, settings, settle } from "./calls.js";

type OperationFunction = (client: cloudtrail.CloudTrailClient, input: object) => Promise<object>;

/** The generated client's function of an operation. */
export function functionOf(operation: string): OperationFunction {
  const name = operation.charAt(0).toLowerCase() + operation.slice(1);
  const found = (cloudtrail as Readonly<Record<string, unknown>>)[name];
  if (typeof found !== "function") throw new Error(`the client has no function ${name}`);
  return found as OperationFunction;
}

/** The generated client, on a transport that only answers. */
export const callOurs: Caller = (operation, input, answer = emptyAnswer) => {
  let request: HttpRequest | undefined;
  const transport: Transport = {
    send: (sent) => {
      request = sent;
      return Promise.resolve({
        status: answer.status,
        headers: answerHeaders(answer),
        body: new TextEncoder().encode(answer.body),
      });
    },
    close: () => Promise.resolve(),
  };
  const client = new cloudtrail.CloudTrailClient({
    ...settings,
    transport,
    maxAttempts: 1,
    validation: { min: true, max: true, pattern: true, enum: true },
  });
  return settle(
    () => functionOf(operation)(client, input),
    () => request,
  );
};
