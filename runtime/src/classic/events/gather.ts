import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { listenForAbort } from "../../time/abort.js";
import { abortedError, awsError } from "../aws-error.js";
import type { Exchange } from "./exchange.js";

/** Reads a stream that is given as a body to its end, since what is signed and maybe sent again has to be at hand. */
export function addGathering({ request, operation }: Exchange): void {
  const { signal } = request;
  const payload = Object.entries(operation?.input.members ?? {}).find(([, member]) => member.httpPayload)?.[0];
  const body = payload === undefined ? undefined : request.params[payload];
  if (payload === undefined || !isReadable(body)) return;

  request.onAsync("validate", (_request, done) => {
    const registration = listenForAbort(signal, { onAbort: () => body.destroy(abortedError()) });
    buffer(body).then(
      (content) => {
        registration.end();
        request.params = { ...request.params, [payload]: content };
        process.nextTick(done);
      },
      (error: unknown) => {
        request.response.error = awsError(new Error(), error as Error);
        process.nextTick(done);
      },
    );
  });
}

function isReadable(value: unknown): value is Readable {
  return typeof value === "object" && value !== null && "pipe" in value && Symbol.asyncIterator in value;
}
