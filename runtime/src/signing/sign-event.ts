import { formatSigningDate } from "./date.js";
import { hmacSha256Hex, sha256Hex } from "./hash.js";
import { credentialScope, deriveSigningKey, type SigningKeyCache } from "./key.js";
import type { SigningCredentials } from "./types.js";

/** Value of `x-amz-content-sha256` of a request whose body consists of signed events. */
export const signedEvents = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

export interface EventSigningOptions {
  readonly credentials: SigningCredentials;
  readonly region: string;
  readonly service: string;
  readonly keyCache?: SigningKeyCache | undefined;
  /** Signature of the request, in hexadecimal. */
  readonly seed: string;
}

/**
 * Signs the events of one request. Each signature covers the one before, the first one that of the request.
 *
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html
 */
export class EventSigner {
  readonly #options: EventSigningOptions;
  #previous: string;

  constructor(options: EventSigningOptions) {
    this.#options = options;
    this.#previous = options.seed;
  }

  /**
   * The signature of the next event, in hexadecimal.
   *
   * @param headers the encoded header `:date`
   * @param payload the encoded event; empty at the end
   */
  sign(date: Date, headers: Uint8Array, payload: Uint8Array): string {
    const { credentials, region, service, keyCache } = this.#options;
    const signingDate = formatSigningDate(date);
    const scope = credentialScope(signingDate, region, service);
    const key = keyCache?.get(credentials, scope) ?? deriveSigningKey(credentials.secretAccessKey, scope);
    const hashes = `${sha256Hex(headers)}\n${sha256Hex(payload)}`;
    const text = `AWS4-HMAC-SHA256-PAYLOAD\n${signingDate}\n${scope}\n${this.#previous}\n${hashes}`;
    this.#previous = hmacSha256Hex(key, text);
    return this.#previous;
  }
}
