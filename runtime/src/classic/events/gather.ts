import { buffer } from "node:stream/consumers";
import { RequestStream } from "../../streams/request-stream.js";
import { isStreamSource } from "../../streams/types.js";
import { within } from "../../signals/within.js";
import { abortedError, awsError } from "../aws-error.js";
import type { RequestContext } from "./exchange.js";

/** Reads a stream that is given as a body to its end, since what is signed and maybe sent again has to be at hand. */
export function addGathering({ request, operation }: RequestContext): void {
  const { signal } = request;
  const payload = Object.entries(operation?.input.members ?? {}).find(([, member]) => member.httpPayload)?.[0];
  const body = payload === undefined ? undefined : request.params[payload];
  if (payload === undefined || !isStreamSource(body)) return;

  request.onAsync("validate", (_request, done) => {
    within(buffer(new RequestStream(body)), signal).then(
      (content) => {
        request.params = { ...request.params, [payload]: content };
        process.nextTick(done);
      },
      (error: unknown) => {
        if (signal.aborted && "destroy" in body && typeof body.destroy === "function") body.destroy(abortedError());
        request.response.error = awsError(new Error(), error as Error);
        process.nextTick(done);
      },
    );
  });
}
