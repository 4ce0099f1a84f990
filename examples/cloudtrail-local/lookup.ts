import {
  type Event,
  InvalidLookupAttributesException,
  InvalidNextTokenException,
  InvalidTimeRangeException,
  type LookupAttribute,
  type LookupEventsRequest,
} from "@clientsmith/cloudtrail";
import { page } from "@clientsmith/runtime/testing";
import type { Account } from "./account.js";
import { insightEvents, type LocalEvent, managementEvents } from "./events.js";
import type { CloudTrailHandlers } from "./handlers.js";

/** How far back events can be looked up, in milliseconds. */
const reach = 90 * 86_400_000;

/** Number of management events for each Insights event. */
const insightShare = 100;

/** The value that an attribute is compared with. */
const valuesOf: Readonly<Record<string, (event: Event) => readonly (string | undefined)[]>> = {
  EventId: ({ EventId }) => [EventId],
  EventName: ({ EventName }) => [EventName],
  EventSource: ({ EventSource }) => [EventSource],
  ReadOnly: ({ ReadOnly }) => [ReadOnly],
  Username: ({ Username }) => [Username],
  AccessKeyId: ({ AccessKeyId }) => [AccessKeyId],
  ResourceType: ({ Resources = [] }) => Resources.map(({ ResourceType }) => ResourceType),
  ResourceName: ({ Resources = [] }) => Resources.map(({ ResourceName }) => ResourceName),
};

/** Attributes that Insights events have. */
const insightAttributes: readonly string[] = ["EventId", "EventName", "EventSource"];

/**
 * @param count management events in each region
 * @param seed the same seed, account and clock have the same events
 */
export function lookupHandlers(
  account: Account,
  count: number,
  seed: string,
): Pick<CloudTrailHandlers, "lookupEvents"> {
  const now = account.now();
  const regions = new Map<string, { management: LocalEvent[]; insight: LocalEvent[] }>();
  const eventsIn = (region: string) => {
    let events = regions.get(region);
    if (!events) {
      const scene = { region, accountId: account.id, now, seed };
      events = {
        management: managementEvents(count, scene),
        insight: insightEvents(Math.ceil(count / insightShare), scene),
      };
      regions.set(region, events);
    }
    return events;
  };

  return {
    lookupEvents: (input, { region = account.region }) => {
      const { EventCategory, LookupAttributes = [], MaxResults = 50, NextToken, StartTime, EndTime } = input;
      const attributes = checkAttributes(input);
      if (StartTime && EndTime && StartTime > EndTime) {
        throw new InvalidTimeRangeException({ message: "StartTime is after EndTime" });
      }
      const { management, insight } = eventsIn(region);
      const start = Math.max(StartTime?.getTime() ?? 0, account.now() - reach);
      const end = EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
      const found = (EventCategory === "insight" ? insight : management).filter(({ event }) => {
        const time = event.EventTime?.getTime() ?? 0;
        return time >= start && time <= end && attributes.every((attribute) => matches(event, attribute));
      });
      const { items, nextToken } = page(found, {
        token: NextToken,
        size: MaxResults,
        query: { region, EventCategory, LookupAttributes, StartTime, EndTime },
        invalidToken: InvalidNextTokenException,
      });
      const Events = items.map(({ event, record }) => ({ ...event, CloudTrailEvent: JSON.stringify(record()) }));
      return { Events, NextToken: nextToken };
    },
  };
}

function checkAttributes({ LookupAttributes = [], EventCategory }: LookupEventsRequest): readonly LookupAttribute[] {
  for (const { AttributeKey, AttributeValue } of LookupAttributes) {
    if (EventCategory === "insight" && !insightAttributes.includes(AttributeKey)) {
      throw new InvalidLookupAttributesException({
        message: `Insights events are looked up by ${insightAttributes.join(", ")}, not by ${AttributeKey}`,
      });
    }
    if (AttributeKey === "ReadOnly" && !/^(?:true|false)$/.test(AttributeValue)) {
      throw new InvalidLookupAttributesException({ message: "The value of ReadOnly must be true or false" });
    }
  }
  return LookupAttributes;
}

function matches(event: Event, { AttributeKey, AttributeValue }: LookupAttribute): boolean {
  return valuesOf[AttributeKey]?.(event).includes(AttributeValue) ?? false;
}
