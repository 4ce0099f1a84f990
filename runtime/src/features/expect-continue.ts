import type { HttpRequest } from "../schema/http.js";
import type { Feature } from "./feature.js";
import { HeldBody } from "./support/held-body.js";
import { untilContinue } from "./support/until-continue.js";

/**
 * Amazon S3: a large body is sent once the service has accepted the headers (`Expect: 100-continue`), so that a request
 * that it rejects costs no upload, and a stream can still be sent in another attempt. Over `node:http` only; in browsers
 * the header is not allowed.
 *
 * @param size bytes of the smallest such body; a stream of unknown length is one, too
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
 */
export function expectContinue(size: number): Feature {
  return {
    name: "expect-continue",
    data: size,
    message: (message) => (message.stream ? { ...message, stream: new HeldBody(message.stream) } : message),
    transport(options, { request }) {
      const held = request.stream instanceof HeldBody ? request.stream : undefined;
      held?.holdUntil(undefined);
      if (sizeOf(request) < size) return options;
      return {
        ...options,
        expectContinue(sent) {
          const continued = untilContinue(sent);
          if (held) return held.holdUntil(continued);
          const end = sent.end.bind(sent);
          sent.end = (body) => void continued.then(() => end(body));
        },
      };
    },
  };
}

function sizeOf({ headers, body, stream }: HttpRequest): number {
  if (stream) return Number(headers["content-length"] ?? Infinity);
  // Text has at least as many bytes as characters.
  return body?.length ?? 0;
}
