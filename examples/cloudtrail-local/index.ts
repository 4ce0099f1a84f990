import { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import { type LocalService, type LocalServiceOptions, startLocalService } from "@clientsmith/runtime/testing";
import { Account } from "./account.js";
import type { CloudTrailHandlers } from "./handlers.js";
import { inputError } from "./inputErrors.js";
import { insightHandlers } from "./insights.js";
import { loggingHandlers } from "./logging.js";
import { lookupHandlers } from "./lookup.js";
import { publicKeyHandlers } from "./publicKeys.js";
import { selectorHandlers } from "./selectors.js";
import { tagHandlers } from "./tags.js";
import { trailHandlers } from "./trails.js";

export type { CloudTrailHandlers } from "./handlers.js";

export interface LocalCloudTrailOptions {
  /** Region of requests that were not signed for one. Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits. Default `123456789012`. */
  readonly accountId?: string;
  /** Management events in each region, spread over the 89 days before the start. Default 1,000. */
  readonly events?: number;
  /** Seed of the events. */
  readonly seed?: string;
  /** The account's clock, in milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

/**
 * CloudTrail in memory: one account with its trails in every region, and events to look up. Requests count for the
 * region that they were signed for, so that one service serves all regions. Each call creates an account.
 */
export function createLocalCloudTrail(options: LocalCloudTrailOptions = {}): CloudTrailHandlers {
  const {
    region = "us-east-1",
    accountId = "123456789012",
    events = 1_000,
    seed = "events",
    clock = Date.now,
  } = options;
  const account = new Account(accountId, region, clock);
  return {
    ...trailHandlers(account),
    ...tagHandlers(account),
    ...selectorHandlers(account),
    ...insightHandlers(account),
    ...loggingHandlers(account),
    ...publicKeyHandlers(account),
    ...lookupHandlers(account, events, seed),
  };
}

/** Starts an in-memory CloudTrail on a free port of 127.0.0.1. Besides its own options, takes those of the service. */
export function startLocalCloudTrail(
  options: LocalCloudTrailOptions & Pick<LocalServiceOptions, "credentials" | "faults" | "onRequest" | "onError"> = {},
): Promise<LocalService> {
  const { credentials, faults, onRequest, onError, ...rest } = options;
  return startLocalService({
    service: CloudTrailModel,
    handlers: createLocalCloudTrail(rest),
    invalidInput: inputError,
    credentials,
    faults,
    onRequest,
    onError,
  });
}
