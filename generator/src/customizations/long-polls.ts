import type { Customization } from "./customization.js";

/** Operations that hold a request open until there is something to return, of models without `smithy.api#longPoll`. */
const operations: Readonly<Record<string, readonly string[]>> = {
  SFN: ["GetActivityTask"],
  SQS: ["ReceiveMessage"],
  SWF: ["PollForActivityTask", "PollForDecisionTask"],
};

/**
 * Long polls, which callers repeat in a loop: a call that fails without a retry waits first.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export const longPolls: readonly Customization[] = Object.entries(operations).map(([sdkId, names]) => ({
  name: `${sdkId.toLowerCase()}-long-polls`,
  sdkId,
  change: (service) => ({
    ...service,
    operations: service.operations.map((each) => (names.includes(each.name) ? { ...each, longPoll: true } : each)),
  }),
}));
