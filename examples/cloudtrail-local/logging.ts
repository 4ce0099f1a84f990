import type { Account } from "./account.js";
import type { CloudTrailHandlers } from "./handlers.js";

const minute = 60_000;

/** How often log files and digest files are delivered, in milliseconds. */
const logInterval = 5 * minute;
const digestInterval = 60 * minute;

export function loggingHandlers(
  account: Account,
): Pick<CloudTrailHandlers, "startLogging" | "stopLogging" | "getTrailStatus"> {
  return {
    startLogging: ({ Name }, { region = account.region }) => {
      const trail = account.findAtHome(Name, region);
      if (!trail.logging.on) trail.logging = { ...trail.logging, on: true, started: account.now() };
      return {};
    },

    stopLogging: ({ Name }, { region = account.region }) => {
      const trail = account.findAtHome(Name, region);
      if (trail.logging.on) trail.logging = { ...trail.logging, on: false, stopped: account.now() };
      return {};
    },

    getTrailStatus: ({ Name }, { region = account.region }) => {
      const { logging, settings } = account.find(Name, region);
      const { on, started, stopped } = logging;
      const end = on || stopped === undefined ? account.now() : stopped;
      const delivered = (interval: number) => lastMultiple(interval, started, end);
      return {
        IsLogging: on,
        StartLoggingTime: started === undefined ? undefined : new Date(started),
        StopLoggingTime: stopped === undefined ? undefined : new Date(stopped),
        LatestDeliveryTime: delivered(logInterval),
        LatestNotificationTime: settings.SnsTopicARN ? delivered(logInterval) : undefined,
        LatestCloudWatchLogsDeliveryTime: settings.CloudWatchLogsLogGroupArn ? delivered(minute) : undefined,
        LatestDigestDeliveryTime: settings.LogFileValidationEnabled ? delivered(digestInterval) : undefined,
      };
    },
  };
}

/** The last multiple of an interval since `start`, up to `end`. */
function lastMultiple(interval: number, start: number | undefined, end: number): Date | undefined {
  const moment = Math.floor(end / interval) * interval;
  return start !== undefined && moment >= start ? new Date(moment) : undefined;
}
