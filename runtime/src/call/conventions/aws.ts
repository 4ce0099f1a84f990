import { awsBuiltIns } from "../../endpoints/aws-built-ins.js";
import type { Conventions } from "../../features/context.js";
import { classifyCode } from "../../retry/classify-code.js";
import { retryAfterOf } from "../../retry/hint.js";
import { recover } from "../recover.js";

/**
 * Max milliseconds by which `x-amz-retry-after` may exceed the computed delay, as in the AWS SDKs.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const leeway = 5_000;

/** What the services of AWS have in common. */
export const awsConventions: Conventions = {
  builtIns: awsBuiltIns,
  requestIdOf: (headers) => headers["x-amzn-requestid"] ?? headers["x-amz-request-id"] ?? headers["x-amz-requestid"],
  extendedRequestIdOf: (headers) => headers["x-amz-id-2"],
  classify: classifyCode,
  /** `x-amz-retry-after` is in milliseconds. */
  retryAfterOf: (headers, now) => {
    const milliseconds = headers["x-amz-retry-after"];
    return milliseconds !== undefined && /^\d+$/.test(milliseconds)
      ? { delay: Number(milliseconds), leeway }
      : retryAfterOf(headers, now);
  },
  recover,
};
