// A Lambda function that lists what a user did lately. `npm run build` writes dist/handler.mjs: upload this one file and
// set the function's handler to `handler.handler`.
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { paginateLookupEvents } from "@clientsmith/cloudtrail/lookupEvents";

export interface Input {
  readonly userName: string;
  /** Default 24. */
  readonly hours?: number;
}

export interface Action {
  readonly name: string | undefined;
  readonly time: string | undefined;
}

/** The used part of the context that Lambda passes. */
export interface Context {
  getRemainingTimeInMillis(): number;
}

// Outside the handler, so that later invocations reuse its connections. Lambda sets the region and the credentials of the
// function's role in the environment.
const client = new CloudTrailClient();

export async function handler({ userName, hours = 24 }: Input, context: Context): Promise<readonly Action[]> {
  const events = paginateLookupEvents(
    client,
    {
      LookupAttributes: [{ AttributeKey: "Username", AttributeValue: userName }],
      StartTime: new Date(Date.now() - hours * 3_600_000),
    },
    // Half a second remains to report a timeout.
    { deadline: context.getRemainingTimeInMillis() - 500 },
  );
  const actions: Action[] = [];
  for await (const { EventName, EventTime } of events.items({ limit: 100 })) {
    actions.push({ name: EventName, time: EventTime?.toISOString() });
  }
  return actions;
}
