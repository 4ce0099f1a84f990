import type { HttpRequest } from "../schema/http.js";
import type { SigningKeyCache } from "./key.js";

/** Credentials for signing; every `AwsCredentialIdentity` is assignable. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
  /** Source of the credentials, for messages. */
  readonly source?: string | undefined;
}

/** Options of the canonical request, which services compute in different ways. */
export interface CanonicalOptions {
  /** Remove `.`, `..` and empty segments from the canonical path. Default true; false for S3. */
  readonly normalizePath?: boolean | undefined;
  /** Percent-encode the encoded path once more in the canonical request. Default true; false for S3. */
  readonly doubleEncodePath?: boolean | undefined;
  /** Sign `UNSIGNED-PAYLOAD` instead of the body's hash, which S3 allows. Default false. */
  readonly unsignedPayload?: boolean | undefined;
}

/** Credentials, scope and time of a signature. */
export interface SigningOptions extends CanonicalOptions {
  /** Pass the same object while the credentials are the same: it is the key of the signing key cache. */
  readonly credentials: SigningCredentials;
  readonly region: string;
  /** Signing name of the service: `cloudtrail`. */
  readonly service: string;
  /** The time of signing, including the clock offset. */
  readonly date: Date;
  /** Saves four hashes per signature. Without a cache, the key is derived each time. */
  readonly keyCache?: SigningKeyCache | undefined;
  /** Send the body's hash in `x-amz-content-sha256`, which S3 requires. Header form only. Default false. */
  readonly signBody?: boolean | undefined;
  /** Send the session token unsigned, as few services require. Default false. */
  readonly omitSessionToken?: boolean | undefined;
}

/** How a text is signed: AWS Signature Version 4 or 4A. */
export interface SigningAlgorithm {
  /** `AWS4-HMAC-SHA256`. */
  readonly name: string;
  /** The Regions that the signature is valid for, if it has them beside its scope. */
  readonly regionSet?: readonly string[];
  /** The credential scope. */
  scope(signingDate: string): string;
  /** In hexadecimal. A promise on platforms whose cryptography is asynchronous. */
  sign(text: string, scope: string): string | Promise<string>;
}

/** What a form of signature is made from. */
export interface FormOptions extends SigningOptions {
  /** Default: AWS Signature Version 4. */
  readonly algorithm?: SigningAlgorithm | undefined;
}

/** A form of signature: in headers or in the query. Returns a signed copy of the request. */
export type SignatureForm = (request: HttpRequest, options: FormOptions) => HttpRequest | Promise<HttpRequest>;
