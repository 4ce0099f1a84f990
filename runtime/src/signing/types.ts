import type { SigningKeyCache } from "./key.js";

/** What a signature is made with; every `AwsCredentialIdentity` is one. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** Where they are from, in words for people. */
  readonly source?: string | undefined;
}

/** How services differ in what they take as the canonical request. */
export interface CanonicalOptions {
  /** Remove `.`, `..` and empty segments from the signed path. Default true; S3 keeps them: false. */
  readonly normalizePath?: boolean | undefined;
  /** Percent-encode the already encoded path once more for signing. Default true; S3 does not: false. */
  readonly doubleEncodePath?: boolean | undefined;
  /** Sign `UNSIGNED-PAYLOAD` instead of the body's hash; S3 allows it. Default false. */
  readonly unsignedPayload?: boolean | undefined;
}

/** What to sign with, for what, and when. */
export interface SigningOptions extends CanonicalOptions {
  /** Pass the same object while the credentials are the same: the key cache goes by it. */
  readonly credentials: SigningCredentials;
  readonly region: string;
  /** Signing name of the service: `cloudtrail`. */
  readonly service: string;
  /** The moment of signing, clock offset included. */
  readonly date: Date;
  /** Saves four hashes a signature. Without one, the key is derived each time. */
  readonly keyCache?: SigningKeyCache | undefined;
  /** Send the body's hash in `x-amz-content-sha256`; S3 demands it. Header form only. Default false. */
  readonly signBody?: boolean | undefined;
  /** Send the session token without signing it, as few services want it. Default false. */
  readonly omitSessionToken?: boolean | undefined;
}
