import { awsBuiltIns } from "../../endpoints/aws-built-ins.js";
import type { Conventions } from "../../features/context.js";
import { classifyCode } from "../../retry/classify-code.js";
import { retryAfterOf } from "../../retry/hint.js";
import { recover } from "../recover.js";

/** What the services of AWS have in common. */
export const awsConventions: Conventions = {
  builtIns: awsBuiltIns,
  requestIdOf: (headers) => headers["x-amzn-requestid"] ?? headers["x-amz-request-id"] ?? headers["x-amz-requestid"],
  extendedRequestIdOf: (headers) => headers["x-amz-id-2"],
  classify: classifyCode,
  /** `x-amz-retry-after` is in milliseconds. */
  retryAfterOf: (headers, now) => {
    const milliseconds = headers["x-amz-retry-after"];
    return milliseconds !== undefined && /^\d+$/.test(milliseconds) ? Number(milliseconds) : retryAfterOf(headers, now);
  },
  recover,
};
