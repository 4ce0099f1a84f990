import { createHash } from "node:crypto";
import { hmacSha256Hex, sha256Hex } from "../../signing/hash.js";
import { RejectionError } from "../rejection.js";

/** The signature of the request, from which the signatures of its chunks continue. */
export interface SigningSeed {
  readonly signature: string;
  readonly signingDate: string;
  readonly scope: string;
  /** The derived key of the scope. */
  readonly key: Uint8Array;
}

const emptyHash = sha256Hex("");

/**
 * Verifies the signatures of chunks, each of which continues from the one before.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export class ChunkSignatures {
  readonly #seed: SigningSeed;
  #previous: string;

  constructor(seed: SigningSeed) {
    this.#seed = seed;
    this.#previous = seed.signature;
  }

  /** Starts the hash of a chunk; the returned function takes its bytes, and its signature at its end. */
  chunk(): { readonly update: (bytes: Uint8Array) => void; readonly verify: (signature: string | undefined) => void } {
    const hash = createHash("sha256");
    return {
      update: (bytes) => void hash.update(bytes),
      verify: (signature) => this.#verify(signature, "PAYLOAD", `${emptyHash}\n${hash.digest("hex")}`),
    };
  }

  /** @param lines the trailers, each as `name:value` and a line feed */
  verifyTrailer(lines: string, signature: string | undefined): void {
    this.#verify(signature, "TRAILER", sha256Hex(lines));
  }

  #verify(signature: string | undefined, kind: string, hashes: string): void {
    const { key, scope, signingDate } = this.#seed;
    const text = `AWS4-HMAC-SHA256-${kind}\n${signingDate}\n${scope}\n${this.#previous}\n${hashes}`;
    const expected = hmacSha256Hex(key, text);
    if (signature !== expected) {
      const found = signature === undefined ? "is missing" : `does not match. The string to sign was\n'${text}'`;
      throw new RejectionError("SignatureDoesNotMatch", 403, `The signature of a chunk of the body ${found}`);
    }
    this.#previous = expected;
  }
}
