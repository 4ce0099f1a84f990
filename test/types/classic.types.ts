import {
  type AWSError,
  type Callback,
  CloudTrail,
  config,
  type ConfigurationOptions,
  Credentials,
  Endpoint,
  type Method,
  type PromiseResult,
  type Request,
  type Response,
  Service,
  type ServiceConstructor,
  type ServiceDefinition,
  type ServiceOptions,
  type Waiting,
} from "@clientsmith/cloudtrail/classic";
import type { AwsCredentialIdentity } from "@smithy/types";
import { expectTypeOf } from "vitest";

declare const cloudtrail: CloudTrail;

type Trails = CloudTrail.ListTrailsResponse;

export function parameters(): void {
  cloudtrail.getTrail({ Name: "audit" });
  cloudtrail.lookupEvents({ MaxResults: 10, StartTime: new Date(), LookupAttributes: [] });
  // Where bound parameters may be, everything can be left out, as in AWS SDK v2.
  cloudtrail.getTrail();
  cloudtrail.listTrails(() => {});
  // @ts-expect-error: a member is misspelled
  cloudtrail.getTrail({ Nmae: "audit" });
  // @ts-expect-error: a member has another type
  cloudtrail.getTrail({ Name: 7 });
  // @ts-expect-error: the type of a member within a list
  cloudtrail.addTags({ ResourceId: "arn", TagsList: [{ Key: 1 }] });
  // @ts-expect-error: a required member is missing
  cloudtrail.createTrail({ Name: "audit" });
  // @ts-expect-error: there is no such operation
  cloudtrail.getTrial({ Name: "audit" });
}

export function callbacks(): void {
  cloudtrail.getTrail({ Name: "audit" }, function (err, data) {
    expectTypeOf(this).toEqualTypeOf<Response<CloudTrail.GetTrailResponse>>();
    if (err) {
      expectTypeOf(err).toEqualTypeOf<AWSError>();
      expectTypeOf(data).toEqualTypeOf<null>();
      return;
    }
    expectTypeOf(err).toEqualTypeOf<null>();
    expectTypeOf(data.Trail?.Name).toEqualTypeOf<string | undefined>();
    // @ts-expect-error: data of another operation
    void data.Trails;
  });
  cloudtrail.listTrails((err, data) => {
    // @ts-expect-error: it may be null while the error has not been checked
    void data.Trails;
    if (!err) expectTypeOf(data.Trails).toEqualTypeOf<CloudTrail.TrailInfo[] | undefined>();
  });
}

/** Callbacks as the declarations of AWS SDK v2 have them. */
export function looseCallbacks(): void {
  cloudtrail.getTrail({ Name: "audit" }, (err: AWSError, data: CloudTrail.GetTrailResponse) => {
    if (err) console.log(err, err.stack);
    else expectTypeOf(data.Trail).toEqualTypeOf<CloudTrail.Trail | undefined>();
  });
  cloudtrail.listTrails((err: AWSError, data: Trails) => void [err.code, data.NextToken]);
  cloudtrail.listTrails({}, (err: Error) => void err.message);
  cloudtrail.listTrails({}).send((err: AWSError, data: Trails) => void [err, data]);
  const declared: Callback<Trails> = (err, data) => void [err, data];
  cloudtrail.listTrails({}, declared);
  // @ts-expect-error: data of another operation
  cloudtrail.getTrail({ Name: "audit" }, (err: AWSError, data: { Trails: string }) => void [err, data]);
}

export async function promises(): Promise<void> {
  const promise = cloudtrail.getTrail({ Name: "audit" }).promise();
  expectTypeOf(promise).toEqualTypeOf<Promise<PromiseResult<CloudTrail.GetTrailResponse, AWSError>>>();
  const { Trail, $response } = await promise;
  expectTypeOf(Trail).toEqualTypeOf<CloudTrail.Trail | undefined>();
  expectTypeOf($response).toEqualTypeOf<Response<CloudTrail.GetTrailResponse>>();
  expectTypeOf($response.requestId).toEqualTypeOf<string | undefined>();
  expectTypeOf($response.error).toEqualTypeOf<AWSError | null>();
  expectTypeOf($response.httpResponse.headers).toEqualTypeOf<Record<string, string>>();
  expectTypeOf($response.hasNextPage()).toEqualTypeOf<boolean | undefined>();
  expectTypeOf($response.nextPage()).toEqualTypeOf<Request<CloudTrail.GetTrailResponse> | null>();
  const both = await Promise.all([
    cloudtrail.listTrails().promise(),
    cloudtrail.listTags({ ResourceIdList: [] }).promise(),
  ]);
  expectTypeOf(both[1].ResourceTagList).toEqualTypeOf<CloudTrail.ResourceTag[] | undefined>();
}

export function pages(): void {
  cloudtrail.listTrails().eachPage((err, data, done) => {
    expectTypeOf(err).toEqualTypeOf<AWSError | null>();
    expectTypeOf(data).toEqualTypeOf<Trails | null>();
    done();
  });
  cloudtrail.listTrails().eachPage((err: AWSError, data: Trails) => Boolean(err) || data.Trails !== undefined);
  cloudtrail.listTrails().eachItem((err, item) => {
    expectTypeOf(err).toEqualTypeOf<AWSError | null>();
    expectTypeOf(item).toEqualTypeOf<CloudTrail.TrailInfo | null>();
  });
  cloudtrail.lookupEvents().eachItem((err: AWSError, item: CloudTrail.Event) => void [err, item.EventName]);
  // @ts-expect-error: items of another operation
  cloudtrail.lookupEvents().eachItem((err: AWSError, item: CloudTrail.TrailInfo & { A: 1 }) => void [err, item]);
  // The model does not say what the items of an operation without pages are.
  cloudtrail.getTrail().eachItem((_err, item) => expectTypeOf(item).toEqualTypeOf<unknown>());
}

export function listeners(): void {
  const request = cloudtrail.getTrail({ Name: "audit" });
  type Own = CloudTrail.GetTrailResponse;
  request
    .on("validate", (given) => expectTypeOf(given).toEqualTypeOf<Request<Own>>())
    .on("build", ({ httpRequest }) => (httpRequest.headers["X-Own"] = "1"))
    .on("httpHeaders", (status, headers, response, message) => {
      expectTypeOf(status).toEqualTypeOf<number>();
      expectTypeOf(headers).toEqualTypeOf<Record<string, string>>();
      expectTypeOf(response).toEqualTypeOf<Response<Own>>();
      expectTypeOf(message).toEqualTypeOf<string>();
    })
    .on("httpData", (chunk) => expectTypeOf(chunk).toEqualTypeOf<Buffer>())
    .on("httpUploadProgress", ({ loaded, total }) => {
      expectTypeOf(loaded).toEqualTypeOf<number>();
      expectTypeOf(total).toEqualTypeOf<number | undefined>();
    })
    .on("httpError", (error) => expectTypeOf(error).toEqualTypeOf<AWSError>())
    .on("retry", ({ error }) => void (error && (error.retryable = true)))
    .on("success", ({ data }) => expectTypeOf(data).toEqualTypeOf<Own | null>())
    .on("error", (error, response) => {
      expectTypeOf(error).toEqualTypeOf<AWSError>();
      expectTypeOf(response).toEqualTypeOf<Response<Own>>();
    })
    .on("complete", function (response) {
      expectTypeOf(this.operation).toEqualTypeOf<string>();
      expectTypeOf(response.retryCount).toEqualTypeOf<number>();
    })
    .onAsync("sign", (_given, done) => done(new Error("no ink")))
    .send();
  // @ts-expect-error: an error is told first
  request.on("error", (response: Response<Own>) => response.retryCount);
  // @ts-expect-error: there is no such member
  request.on("success", (response) => response.body);
}

export function options(): void {
  void new CloudTrail();
  void new CloudTrail({
    region: "us-east-1",
    params: { Name: "audit" },
    credentials: new Credentials("A", "S"),
    paramValidation: { min: true, max: true, pattern: true, enum: true },
    retryDelayOptions: { base: 1, customBackoff: (count, error) => (error ? count : -1) },
    httpOptions: { connectTimeout: 1, timeout: 1, proxy: "http://proxy" },
    apiVersions: { cloudtrail: "2013-11-01" },
    logger: console,
  });
  void new CloudTrail({
    logger: process.stdout,
    credentials: (): Promise<AwsCredentialIdentity> => Promise.reject(new Error()),
  });
  expectTypeOf(console).toExtend<NonNullable<ServiceOptions["logger"]>>();
  // @ts-expect-error: there is no such option
  void new CloudTrail({ regoin: "us-east-1" });
  // @ts-expect-error: an option has another type
  void new CloudTrail({ maxRetries: "3" });
  // @ts-expect-error: there is no such rule
  void new CloudTrail({ paramValidation: { maximum: true } });
  // @ts-expect-error: another word
  void new CloudTrail({ stsRegionalEndpoints: "global" });

  config.update({ region: "us-east-1", maxRetries: 2 });
  config.update({ cloudtrail: { maxRetries: 5 } });
  config.region = "eu-west-1";
  config["cloudtrail"] = { maxRetries: 5 } satisfies ConfigurationOptions;
  // @ts-expect-error: a known option has another type
  config.update({ maxRetries: "3" });
  // @ts-expect-error: a known option has another type
  config.maxRetries = "3";
  config.getCredentials((error, credentials) => {
    expectTypeOf(error).toEqualTypeOf<AWSError | null>();
    expectTypeOf(credentials?.accessKeyId).toEqualTypeOf<string | undefined>();
  });
}

export function endpoint(): void {
  expectTypeOf(cloudtrail.endpoint).toEqualTypeOf<Endpoint>();
  expectTypeOf(cloudtrail.endpoint.hostname).toEqualTypeOf<string>();
  cloudtrail.endpoint = "https://trail.example";
  cloudtrail.endpoint = new Endpoint("trail.example");
  // @ts-expect-error: neither text nor an endpoint
  cloudtrail.endpoint = 443;
}

export function byName(): void {
  expectTypeOf(cloudtrail.makeRequest("getTrail", { Name: "audit" })).toEqualTypeOf<
    Request<CloudTrail.GetTrailResponse>
  >();
  cloudtrail.makeRequest("listTrails", (err, data) => {
    if (!err) expectTypeOf(data).toEqualTypeOf<Trails>();
  });
  cloudtrail.makeUnauthenticatedRequest("getTrail", { Name: "audit" }, (err, data) => {
    if (!err) expectTypeOf(data).toEqualTypeOf<CloudTrail.GetTrailResponse>();
  });
  const name: string = "getTrail";
  expectTypeOf(cloudtrail.makeRequest(name)).toEqualTypeOf<Request<Record<string, unknown>>>();
  // @ts-expect-error: CloudTrail has no states to wait for
  cloudtrail.waitFor("trailExists", {});
}

export function subclasses(): void {
  class Own extends CloudTrail {
    readonly name = "own";
    constructor(given?: ServiceOptions) {
      super({ ...given, maxRetries: 1 });
    }
    override setupRequestListeners(request: Request): void {
      request.on("sign", () => {});
    }
  }
  expectTypeOf(new Own().getTrail).toEqualTypeOf<CloudTrail["getTrail"]>();
  expectTypeOf<Own>().toExtend<Service>();
  CloudTrail.prototype.customizeRequests((request) => expectTypeOf(request).toEqualTypeOf<Request>());
  expectTypeOf(CloudTrail.serviceIdentifier).toEqualTypeOf<string>();
}

/** Types as code for AWS SDK v2 names them. */
export function names(): void {
  expectTypeOf<CloudTrail.Types.GetTrailRequest>().toEqualTypeOf<CloudTrail.GetTrailRequest>();
  expectTypeOf<Parameters<typeof read>>().toEqualTypeOf<[CloudTrail.Types.GetTrailRequest]>();
  const params: CloudTrail.LookupEventsRequest = { MaxResults: 5 };
  cloudtrail.lookupEvents(params);
  const events: CloudTrail.Event[] = [];
  void events;
}

const read = (params: CloudTrail.GetTrailRequest): Promise<CloudTrail.GetTrailResponse> =>
  cloudtrail.getTrail(params).promise();

/** A service as its package would declare it: with a state to wait for, and nothing that pages. */
interface Ponds extends Service {
  readonly describePond: Method<{ Name: string }, { Status?: string }>;
  readonly waitFor: Waiting<{ pondFilled: Method<{ Name: string }, { Status?: string }> }>;
}

declare const ponds: Ponds;
declare const definition: ServiceDefinition;

export function states(): void {
  ponds.waitFor("pondFilled", { Name: "p", $waiter: { delay: 1, maxAttempts: 2 } }, (err, data) => {
    if (!err) expectTypeOf(data).toEqualTypeOf<{ Status?: string }>();
  });
  ponds.waitFor("pondFilled", { Name: "p" }, (err: AWSError, data: { Status?: string }) => void [err, data]);
  expectTypeOf(ponds.waitFor("pondFilled", { Name: "p" })).toEqualTypeOf<Request<{ Status?: string }>>();
  // @ts-expect-error: there is no such state
  ponds.waitFor("pondDug", { Name: "p" });
  // @ts-expect-error: parameters of the operation that is polled
  ponds.waitFor("pondFilled", { Nmae: "p" });
  // @ts-expect-error: there is no such way to wait
  ponds.waitFor("pondFilled", { Name: "p", $waiter: { interval: 1 } });
  ponds.describePond({ Name: "p" }).eachItem((_err, item) => expectTypeOf(item).toEqualTypeOf<unknown>());
}

export function definedAtRunTime(): void {
  const Own = Service.defineService(definition);
  const own = new Own({ region: "us-east-1" });
  own["getThing"]?.({ Id: 1 }, (err, data) => {
    if (!err) expectTypeOf(data).toEqualTypeOf<Record<string, unknown>>();
  });
  own.waitFor("anyState", { Id: 1 }, (err, data) => {
    if (!err) expectTypeOf(data).toEqualTypeOf<Record<string, unknown>>();
  });
  expectTypeOf(Service.defineService<Ponds>(definition)).toEqualTypeOf<ServiceConstructor<Ponds>>();
}
