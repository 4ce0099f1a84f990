import { schemeOf } from "../auth/support/authenticate.js";
import type { CallingClient } from "../call/invoke.js";
import { rejectUnknownOptions } from "../client/check-options.js";
import { ConfigurationError } from "../errors/client.js";
import type { Attempt, CallContext } from "../features/context.js";
import type { Operation } from "../schema/service.js";
import { checkExpiry, presignInSteps } from "../signing/presign.js";
import type { SignatureForm } from "../signing/types.js";
import { expiryOf } from "./expiry.js";
import { prepareOnly, type PreparationOptions, preparationOptionNames } from "./prepare-only.js";
import { inS3Form } from "./s3-form.js";
import { transferableRequest } from "./transferable-request.js";

export interface PresignOptions extends PreparationOptions {
  /** Seconds that the request stays valid, 1 to 604,800 (a week). Default 900. */
  readonly expiresIn?: number | undefined;
  /** More headers that the sender has to send with these values, such as `x-k8s-aws-id` of Amazon EKS tokens. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A request that anyone can send until it expires. */
export interface PresignedRequest {
  readonly method: string;
  /** With the signature in its query. */
  readonly url: string;
  /**
   * Headers to send with these values, by lower-case name, beside those that HTTP clients set; empty if the URL
   * is enough.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** The body to send, if the input determines it; absent if the request has none, or the sender chooses it. */
  readonly body?: string | Uint8Array;
  /** When it expires: `expiresIn` after it was signed, or earlier if the credentials that signed it expire earlier. */
  readonly expiresAt: Date;
}

/**
 * Signs a request of an operation, for others to send: `presign(client, getObject$, { Bucket, Key }, { expiresIn: 3600 })`.
 * It is the request that a call would send, with the signature in its query. Nothing is sent, but credentials, or the
 * session of an S3 Express bucket, may have to be obtained.
 *
 * - Amazon S3: the body is not signed. Without a body in the input, the sender may send any. `x-amz-` headers are in the
 *   query, except those of server-side encryption.
 * - Protocols with forms (awsQuery, ec2Query): the members are in the query of a GET request.
 * - All others: the body is signed, and has to be sent as it is returned.
 *
 * @throws ConfigurationError for an operation that cannot be presigned: it is not signed with AWS Signature Version 4 or
 * 4A, or its body is a stream
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function presign<Input extends object>(
  client: CallingClient,
  operation: Operation<Input>,
  input: Input,
  options: PresignOptions = {},
): Promise<PresignedRequest> {
  rejectUnknownOptions(options, [...preparationOptionNames, "expiresIn", "headers"], "presign");
  const { expiresIn = 900, headers = {}, ...others } = options;
  checkExpiry(expiresIn);
  const presigned = await prepareOnly(client, operation, input, others, presigning(expiresIn, headers));
  return presigned as PresignedRequest;
}

function presigning(expiresIn: number, more: Readonly<Record<string, string>>): Attempt {
  return async (context) => {
    const request = transferableRequest(context, more);
    const scheme = schemeOf(context);
    if (scheme?.family !== "sigv4") throw notSigned(context, scheme?.name);
    const signed = await scheme.sign({ ...context, request }, queryForm(context, expiresIn));
    const { host: _, ...headers } = signed.headers;
    return {
      method: signed.method,
      url: `${signed.origin}${signed.path}?${signed.query}`,
      headers,
      ...(signed.body !== undefined && { body: signed.body }),
      expiresAt: expiryOf(context, expiresIn),
    } satisfies PresignedRequest;
  };
}

/** Signs in the query. */
function queryForm({ client }: CallContext, expiresIn: number): SignatureForm {
  const isS3 = client.service.presignedUrls === "s3";
  return async (unsigned, options) => {
    const { "amz-sdk-request": _attempt, ...headers } = unsigned.headers;
    const plain = { ...unsigned, headers };
    const unsignedPayload = isS3 || options.unsignedPayload;
    const signed = await presignInSteps(isS3 ? inS3Form(plain) : plain, { ...options, expiresIn, unsignedPayload });
    return signed.request;
  };
}

function notSigned({ operation }: CallContext, scheme: string | undefined): ConfigurationError {
  const how = scheme === undefined ? "sent without a signature" : `authenticated by ${scheme}`;
  return new ConfigurationError(
    `${operation.name} cannot be presigned, because its requests are ${how}. Call the operation instead.`,
  );
}
