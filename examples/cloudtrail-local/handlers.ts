import type { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import type { Handlers } from "@clientsmith/runtime/testing";

/** A handler for every operation of CloudTrail. */
export type CloudTrailHandlers = Required<Handlers<typeof CloudTrailModel>>;
