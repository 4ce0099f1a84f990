/** Presigned URLs and forms of service objects for Amazon S3. */
import { nextTick } from "../time/real-ticks.js";
import { type PostCondition, signedPolicy } from "../presign/policy.js";
import type { SigningCredentials } from "../signing/types.js";
import { awsError } from "./aws-error.js";
import { isBucketEndpoint } from "./config/bucket-endpoint.js";
import { Endpoint } from "./endpoint.js";
import { removeHeader } from "./events/headers.js";
import { settle } from "./events/settle.js";
import { urlForm } from "./presign-form.js";
import type { Request } from "./request.js";
import type { Service } from "./service.js";
import type { AWSError, InputOf, OperationName } from "./types.js";

/** Parameters of `createPresignedPost`. */
export interface PresignedPostParams {
  /** Default: the bound parameter `Bucket`. */
  readonly Bucket?: string | undefined;
  /** The fields of the form beside the file, such as `key`. */
  readonly Fields?: Readonly<Record<string, string>> | undefined;
  /** Conditions beside those that each field has the value that it has here. */
  readonly Conditions?: readonly PostCondition[] | undefined;
  /** Seconds that the form stays valid. Default 3600. */
  readonly Expires?: number | undefined;
}

/** A form that uploads to a bucket. */
export interface PresignedPost {
  readonly url: string;
  readonly fields: Record<string, string>;
}

type UrlCallback = (error: AWSError | null, url: string) => void;

/** Parameters of an operation, and the seconds that the URL stays valid: 1 to 604,800 (a week), default 900. */
type UrlParams<Input> = Omit<Input, "Expires"> & { readonly Expires?: number | undefined };

/** Members of the service object of Amazon S3, as in AWS SDK v2. */
export interface Presigning<Self = Service> {
  /**
   * The URL of an operation's request, with its signature. Headers that the parameters set are signed: who uses the
   * URL sends them with the same values.
   *
   * @throws AWSError without a callback: for invalid parameters, and if the credentials have to be fetched first
   */
  getSignedUrl<Name extends OperationName<Self>>(operation: Name, params: UrlParams<InputOf<Self[Name]>>): string;
  getSignedUrl<Name extends OperationName<Self>>(
    operation: Name,
    params: UrlParams<InputOf<Self[Name]>>,
    callback: UrlCallback,
  ): void;
  getSignedUrl(operation: string, params: object): string;
  getSignedUrl(operation: string, params: object, callback: UrlCallback): void;
  /** As `getSignedUrl`, with the URL or the error by a promise. */
  getSignedUrlPromise<Name extends OperationName<Self>>(
    operation: Name,
    params: UrlParams<InputOf<Self[Name]>>,
  ): Promise<string>;
  getSignedUrlPromise(operation: string, params: object): Promise<string>;
  /**
   * The URL and the fields of a form that uploads an object.
   *
   * @throws AWSError without a callback: without a bucket or a Region, and if the credentials have to be fetched first
   */
  createPresignedPost(params: PresignedPostParams): PresignedPost;
  createPresignedPost(
    params: PresignedPostParams,
    callback: (error: AWSError | null, data: PresignedPost) => void,
  ): void;
}

/** The implementation of {@link Presigning}, for `defineService`. */
export const presigning = {
  getSignedUrl(operation: string, params?: object | null, callback?: Outcome<string>): unknown {
    const request = requestToSign(this, operation, params ?? {});
    if (!callback) return atOnce("getSignedUrl", (done) => sign(request, done));
    nextTick(() => sign(request, later(callback)));
    return undefined;
  },
  async getSignedUrlPromise(operation: string, params?: object | null): Promise<string> {
    const request = requestToSign(this, operation, params ?? {});
    return new Promise((resolve, reject) => {
      sign(request, (error, url) => (error ? reject(error as Error) : resolve(url as string)));
    });
  },
  createPresignedPost(params: PresignedPostParams, callback?: Outcome<PresignedPost>): unknown {
    const make = (done: Outcome<PresignedPost>): void =>
      withCredentials(this, (found) => form(this, params, found), done);
    if (!callback) return atOnce("createPresignedPost", make);
    make(later(callback));
    return undefined;
  },
} satisfies Record<keyof Presigning, unknown> & ThisType<Service> as unknown as Presigning;

type Outcome<Value> = (error: unknown, value?: Value) => void;

/** @throws AWSError for an expiration that is not a number */
function requestToSign(service: Service, operation: string, params: object): Request {
  const { Expires, ...rest } = params as { readonly Expires?: unknown };
  const expires = Expires || 900;
  if (typeof expires !== "number") {
    const message = `The expiration must be a number, received ${typeof expires}`;
    throw awsError(new Error(message), { code: "InvalidParameterException" });
  }
  const request = service.makeRequest(operation, rest) as unknown as Request;
  request.signatureForm = urlForm(expires);
  request.on("validate", ({ params: { ContentLength } }) => {
    if (ContentLength === undefined) return;
    const message = "ContentLength is not supported in pre-signed URLs.";
    throw awsError(new Error(message), { code: "UnexpectedParameter" });
  });
  // The sender determines the type of a body, unless the parameters have it.
  request.on("afterBuild", ({ httpRequest: { headers }, params: { ContentType } }) => {
    if (ContentType === undefined) removeHeader(headers, "content-type");
  });
  return request;
}

/** Runs the events of a request up to its signature. */
function sign(request: Request, done: Outcome<string>, states = ["validate", "build", "afterBuild", "sign"]): void {
  const [state, ...rest] = states;
  if (state === undefined) return done(null, urlOf(request));
  request.emit(state, undefined, () => {
    if (request.response.error) done(request.response.error);
    else sign(request, done, rest);
  });
}

function urlOf({ httpRequest: { endpoint, path } }: Request): string {
  return `${endpoint.protocol}//${endpoint.host}${path}`;
}

/** What a function passes to its callback within the call. @throws AWSError if it does not, or passes an error */
function atOnce<Value>(method: string, start: (done: Outcome<Value>) => void): Value {
  let outcome: { readonly error: unknown; readonly value?: Value | undefined } | undefined;
  start((error, value) => {
    outcome = { error, value };
  });
  if (!outcome) {
    const message = `${method} has to wait, for credentials or the digest of a key: pass a callback, or use getSignedUrlPromise`;
    throw awsError(new Error(message), { code: "CredentialsError" });
  }
  if (outcome.error) throw outcome.error as Error;
  return outcome.value as Value;
}

/** A callback that is called in a later tick: what it throws reaches the process, not the request. */
function later<Value>(callback: Outcome<Value>): Outcome<Value> {
  return (error, value) => nextTick(() => (error ? callback(error) : callback(null, value)));
}

function withCredentials<Value>(
  { context }: Service,
  make: (credentials: SigningCredentials) => Value,
  done: Outcome<Value>,
): void {
  settle(
    () => {
      const found = context.credentials.get();
      return found instanceof Promise ? found.then(make) : make(found);
    },
    (value) => done(null, value),
    (error) => error && done(error),
  );
}

/** @throws AWSError without a bucket or a Region */
function form(service: Service, params: PresignedPostParams, credentials: SigningCredentials): PresignedPost {
  const { config, context, definition } = service;
  const { Fields = {}, Conditions = [], Expires } = params;
  const bucket = params.Bucket || (config.params?.["Bucket"] as string | undefined);
  const { region } = config;
  if (!region || !bucket) {
    const message = "Unable to create a POST object policy without a bucket, region, and credentials";
    throw awsError(new Error(message), { code: "ConfigError" });
  }
  const signedAt = context.clock.now();
  const expiresAt = new Date(signedAt + (Expires || 3600) * 1000);
  const options = { credentials, region, service: "s3", signedAt, expiresAt, keyCache: context.signingKeys };
  const { href } = new Endpoint(service.endpoint);
  const url = isBucketEndpoint(definition, config) ? href : `${href.replace(/\/$/, "")}/${bucket}`;
  return { url, fields: signedPolicy({ ...Fields, bucket }, Conditions, options) };
}
