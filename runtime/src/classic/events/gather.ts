import { buffer } from "node:stream/consumers";
import { RequestStream } from "../../streams/request-stream.js";
import { isStreamSource } from "../../streams/types.js";
import { within } from "../../signals/within.js";
import { abortedError } from "../aws-error.js";
import type { ClassicCall } from "./classic-call.js";
import { settle } from "./settle.js";

/** Reads a stream that is given as a body to its end: what is signed, and perhaps sent again, has to be in memory. */
export function addGathering({ request, operation }: ClassicCall): void {
  const { signal } = request;
  const payload = Object.entries(operation.input.members).find(([, member]) => member.httpPayload)?.[0];
  const body = payload === undefined ? undefined : request.params[payload];
  if (payload === undefined || !isStreamSource(body)) return;

  request.onAsync("validate", (_request, done) => {
    settle(
      () => within(buffer(new RequestStream(body)), signal),
      (content) => {
        request.params = { ...request.params, [payload]: content };
      },
      (error) => {
        if (signal.aborted && "destroy" in body && typeof body.destroy === "function") body.destroy(abortedError());
        done(error);
      },
    );
  });
}
