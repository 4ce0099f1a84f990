import { Service } from "@clientsmith/runtime/classic";
import { serviceModel } from "clientsmith";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shapeOf } from "../../conformance/support/model-values.js";
import { arbitraryValue, type Presence } from "../../support/arbitrary-input.js";
import { type ClassicErrorFacts, classicErrorFacts } from "../../support/classic-error.js";
import * as fc from "../../support/fast-check.js";
import { peer, peersInstalled } from "../../support/peers.js";
import {
  type ScriptedResponse,
  respondWith,
  astOf,
  type DescribedOperation,
  failureWith,
  fitForBoth,
  type Json,
  type Loopback,
  plainOutcome,
  type Sent,
  shippedDescription,
  startLoopback,
} from "./support/api2.js";
import { seed } from "./support/model.js";

const isInstalled = await peersInstalled();

interface RequestLike {
  send(callback: (error: ClassicErrorFacts | null, data: object | null) => void): unknown;
}
type ServiceLike = Readonly<Record<string, (params: object) => RequestLike>>;
type ServiceClass = new (options: object) => ServiceLike;

interface Compared {
  /** File in the package of AWS SDK v2. */
  readonly name: string;
  /** Class of AWS SDK v2. */
  readonly className: string;
  readonly protocol: string;
  /** How many requests are compared, so that none is lost unseen. */
  readonly requests: number;
  /** Values made for each operation. */
  readonly runs: number;
  /** Only every so manieth operation is compared. */
  readonly every?: number;
  readonly options?: object;
  /** Operations for which AWS SDK v2 does what no description says, and what that is. */
  readonly apart?: Readonly<Record<string, string>>;
  /** Members of inputs that are never set, because AWS SDK v2 does the same for them. */
  readonly unset?: RegExp;
  readonly fixed?: Readonly<Record<string, unknown>>;
  readonly otherHeaders?: RegExp;
}

const services: readonly Compared[] = [
  { name: "cloudtrail-2013-11-01", className: "CloudTrail", protocol: "json", requests: 196, runs: 4 },
  { name: "dynamodb-2012-08-10", className: "DynamoDB", protocol: "json", requests: 228, runs: 4 },
  { name: "sns-2010-03-31", className: "SNS", protocol: "query", requests: 168, runs: 4 },
  { name: "iam-2010-05-08", className: "IAM", protocol: "query", requests: 313, runs: 2 },
  {
    name: "lambda-2015-03-31",
    className: "Lambda",
    protocol: "rest-json",
    requests: 264,
    runs: 4,
    apart: {
      Invoke: "it makes text of the payload",
      InvokeWithResponseStream: "the classic object has no event streams (docs/classic.md)",
    },
  },
  { name: "cloudfront-2020-05-31", className: "CloudFront", protocol: "rest-xml", requests: 222, runs: 2 },
  {
    name: "s3-2006-03-01",
    className: "S3",
    protocol: "rest-xml",
    requests: 186,
    runs: 2,
    options: { s3ForcePathStyle: true },
    // Keys for encryption are not sent without TLS; the names of algorithms are not checked; a length has to be right.
    unset: /SSECustomer|ChecksumAlgorithm|^ContentLength$/,
    fixed: { Bucket: "a-bucket" },
    // AWS SDK v2 makes MD5 of what newer descriptions want another checksum of.
    apart: {
      GetBucketLocation: "it reads the whole document itself",
      GetBucketNotification: "two members have one element, and it takes another one of several",
      GetObject: "the length of the object is that of the answer, which has to be right",
      HeadObject: "the length of the object is that of the answer, which has to be right",
      SelectObjectContent: "the classic object has no event streams (docs/classic.md)",
      WriteGetObjectResponse: "its host begins with a label, which no local address can have",
    },
    otherHeaders: /^(content-md5|x-amz-checksum-.*|x-amz-sdk-checksum-algorithm)$/,
  },
  {
    name: "ec2-2016-11-15",
    className: "EC2",
    protocol: "ec2",
    requests: 104,
    runs: 1,
    every: 6,
    apart: {
      CopySnapshot: "it adds a signed address of the other region",
      ...Object.fromEntries(
        ["DescribeSpotFleetRequests", "DescribeSpotInstanceRequests", "RequestSpotInstances"].map((operation) => [
          operation,
          "it looks for members by the names that they have in requests",
        ]),
      ),
    },
  },
];

const options = {
  region: "us-east-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "secret",
  maxRetries: 0,
};

describe.skipIf(!isInstalled).each(services)("$name, read from api-2, beside AWS SDK v2", (service) => {
  const { name, className, protocol, requests, apart = {}, runs, every = 1, unset, fixed = {}, otherHeaders } = service;
  let server: Loopback;
  let both: readonly [ServiceLike, ServiceLike];
  let facts: ReturnType<typeof astOf>;
  let operations: readonly DescribedOperation[] = [];

  beforeAll(async () => {
    server = await startLoopback();
    const description: Json = shippedDescription(name);
    const definition = await serviceModel(description);
    const Ours = Service.defineService(definition) as unknown as ServiceClass;
    const Theirs = (await peer("aws-sdk"))[className] as ServiceClass;
    const given = { ...options, ...service.options, endpoint: server.endpoint };
    both = [new Ours(given), new Theirs(given)];
    facts = astOf(description);
    operations = facts.operations
      .filter(({ name: each }) => methodOf(each) in definition.model.operations && !(each in apart))
      .filter((_, index) => index % every === 0);
  }, 120_000);
  afterAll(() => server.close());

  const call = async (client: ServiceLike, operation: string, params: object) => {
    server.sent.length = 0;
    const outcome = await new Promise<object>((resolve) => {
      client[methodOf(operation)]?.(params).send((error, data) => {
        resolve({
          data: plainOutcome(data),
          error: classicErrorFacts(error),
        });
      });
    });
    const isSame = ([header]: readonly [string, unknown]): boolean => !otherHeaders?.test(header);
    const sent = server.sent.map((each): Sent => ({
      ...each,
      headers: Object.fromEntries(Object.entries(each.headers).filter(isSame)),
    }));
    return { sent, outcome };
  };

  const compare = async (operation: DescribedOperation, params: object, response: ScriptedResponse) => {
    server.response = response;
    const ours = await call(both[0], operation.name, params);
    const theirs = await call(both[1], operation.name, params);
    return { ours, theirs };
  };

  const inputsOf = ({ input }: DescribedOperation): object[] =>
    valuesOf(input, runs, "some").map((value) => {
      const { members = {} } = shapeOf(facts.ast, input);
      return Object.fromEntries(
        Object.entries({ ...value, ...fixed }).filter(([each]) => each in members && !unset?.test(each)),
      );
    });

  const valuesOf = (id: string, numRuns: number, presence: Presence): object[] =>
    id === "smithy.api#Unit"
      ? [{}]
      : fc
          .sample(arbitraryValue(facts.ast, id, presence) as fc.Arbitrary<object>, { seed, numRuns })
          .map((value) => fitForBoth(facts.ast, id, value));

  it("sends the same and reads the same data", async () => {
    let compared = 0;
    for (const operation of operations) {
      // Elements and payloads without content AWS SDK v2 reads otherwise than those that are not there.
      const outputs = valuesOf(operation.output, runs, protocol === "json" ? "some" : "all");
      for (const [index, params] of inputsOf(operation).entries()) {
        const scripted = respondWith(protocol, facts.ast, operation, outputs[index] ?? {});
        const { ours, theirs } = await compare(operation, params, scripted);
        expect({ operation: operation.name, params, response: scripted, ...ours }).toEqual({
          operation: operation.name,
          params,
          response: scripted,
          ...theirs,
        });
        expect(ours.sent).toHaveLength(1);
        compared++;
      }
    }
    expect(compared).toBe(requests);
  }, 300_000);

  it.each([
    [400, "ThingNotFoundException"],
    [400, "ThrottlingException"],
    [503, "ServiceUnavailable"],
  ])("reads the same of an error with status %i and the code %s", async (status, code) => {
    const response = failureWith(protocol, status, code);
    const [operation] = operations;
    if (!operation) throw new Error("there is no operation");
    const { ours, theirs } = await compare(operation, inputsOf(operation)[0] ?? {}, response);
    expect(ours).toEqual(theirs);
    expect(ours.outcome).toMatchObject({ error: { code, statusCode: status, message: "no <of> course" } });
  });
});

/** As methods are named. */
function methodOf(operation: string): string {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}
