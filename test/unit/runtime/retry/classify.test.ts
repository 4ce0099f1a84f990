import { describe, expect, it } from "vitest";
import {
  AbortedError,
  ConfigurationError,
  ConnectionError,
  CredentialsError,
  EndpointError,
  ServiceError,
  TimeoutError,
  UnexpectedResponseError,
  ValidationError,
} from "#runtime/errors/index.js";
import { classifyCode } from "#runtime/retry/classify-code.js";
import { classify, classifyStatus } from "#runtime/retry/classify.js";
import { setRetryHint } from "#runtime/retry/hint.js";
import { knowCodes } from "#runtime/transport/undici/codes.js";

// As the undici transport does.
knowCodes();

const transient = { retryable: true, throttling: false };
const throttled = { retryable: true, throttling: true };
const never = { retryable: false, throttling: false };

const service = (name: string, status = 400, fields: object = {}): ServiceError =>
  new ServiceError({ name, $metadata: { status, attempts: 1, totalRetryDelay: 0 }, ...fields });

const unexpected = (status: number): UnexpectedResponseError =>
  new UnexpectedResponseError("", { status, excerpt: "<html>" });

describe("classify", () => {
  it.each([
    "ECONNREFUSED",
    "ECONNRESET",
    "EPIPE",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UND_ERR_SOCKET",
    "SOMETHING_NEW",
    undefined,
  ])("retries after a failed connection (%s)", (systemCode) => {
    expect(classify(new ConnectionError("", { systemCode }))).toEqual(transient);
  });

  it.each(["CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID", "UND_ERR_INVALID_ARG", "UND_ERR_CLOSED"])(
    "does not try again what would fail in the same way (%s)",
    (systemCode) => {
      expect(classify(new ConnectionError("", { systemCode }))).toEqual(never);
    },
  );

  it("retries after the time limit of an attempt, not after the call's deadline", () => {
    for (const phase of ["connect", "headers", "body"] as const) {
      expect(classify(new TimeoutError("", { phase, limit: 1 }))).toEqual(transient);
    }
    expect(classify(new TimeoutError("", { phase: "deadline", limit: 1 }))).toEqual(never);
  });

  it("uses the status of an error it does not know", () => {
    const statuses = [400, 401, 403, 404, 409, 429, 500, 501, 502, 503, 504];
    const retried = statuses.filter((status) => classify(service("Unknown", status)).retryable);
    expect(retried).toEqual([429, 500, 502, 503, 504]);
    expect(statuses.filter((status) => classify(service("Unknown", status)).throttling)).toEqual([429]);
  });

  it("follows the model's retryable trait", () => {
    expect(classify(service("Busy", 409, { retryable: true }))).toEqual(transient);
    expect(classify(service("Busy", 409, { retryable: true, throttling: true }))).toEqual(throttled);
  });

  it("uses the status of a response that is not of the protocol", () => {
    expect([503, 429, 200, 404].map((status) => classify(unexpected(status)))).toEqual([
      transient,
      throttled,
      never,
      never,
    ]);
  });

  it("never retries what was aborted, what never left, or what is a defect", () => {
    const errors = [
      new AbortedError("", { cause: service("Throttling") }),
      new ValidationError("Input", []),
      new ConfigurationError(""),
      new CredentialsError(""),
      new EndpointError(""),
      new TypeError("defect"),
      "a string",
      undefined,
    ];
    for (const error of errors) expect(classify(error)).toEqual(never);
  });

  it("is overruled by a hint", () => {
    const refreshed = service("ExpiredTokenException");
    setRetryHint(refreshed, { retryable: true });
    expect(classify(refreshed)).toEqual(transient);
    const hopeless = service("Throttling", 429);
    setRetryHint(hopeless, { retryable: false });
    expect(classify(hopeless)).toEqual({ retryable: false, throttling: true });
  });
});

describe("the code of an AWS error", () => {
  it.each([
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
  ])("takes %s for throttling, whatever the status", (name) => {
    expect(classifyCode(name, 400)).toEqual(throttled);
    expect(classifyCode(name, 503)).toEqual(throttled);
  });

  it.each(["RequestTimeout", "RequestTimeoutException", "InternalError"])("takes %s for passing", (name) => {
    expect(classifyCode(name, 400)).toEqual(transient);
  });

  it("flags expired credentials and what a wrong clock may cause, for the caller to decide", () => {
    expect(classifyCode("ExpiredTokenException", 400)).toMatchObject({ ...never, expiredCredentials: true });
    expect(classifyCode("ExpiredToken", 400).expiredCredentials).toBe(true);
    expect(classifyCode("RequestExpired", 400)).toMatchObject({ ...never, expiredCredentials: true, clockSkew: true });
    for (const name of ["RequestTimeTooSkewed", "InvalidSignatureException", "SignatureDoesNotMatch"]) {
      expect(classifyCode(name, 403)).toMatchObject({ ...never, expiredCredentials: false, clockSkew: true });
    }
    expect(classifyCode("TrailNotFoundException", 404)).toEqual(never);
  });
});

it("a status is classified without an error", () => {
  expect(classifyStatus(429)).toEqual(throttled);
  expect(classifyStatus(500)).toEqual(transient);
  expect(classifyStatus(undefined)).toEqual(never);
  // The code of an AWS error means nothing of another service.
  expect(classify(service("ThrottlingException", 400))).toEqual(never);
});
