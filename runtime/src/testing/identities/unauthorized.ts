import { RejectionError } from "../rejection.js";
import type { ServerResponse } from "../protocols/protocol.js";

/** A request without an identity, or with one that is not accepted. */
export class Unauthorized extends RejectionError {
  readonly #challenge: string | undefined;

  constructor(message: string, challenge: string | undefined) {
    super("Unauthorized", 401, message);
    this.#challenge = challenge;
  }

  /** The response of the protocol, with the challenge. */
  complete(response: ServerResponse): ServerResponse {
    if (this.#challenge === undefined) return response;
    return { ...response, headers: { ...response.headers, "www-authenticate": this.#challenge } };
  }
}
