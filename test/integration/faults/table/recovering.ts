import type { Fault } from "../fault.js";
import type { Keys } from "../clients/client.js";
import { rejection, success, type Serve } from "../server.js";

export const keys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

const hour = 3_600_000;

/**
 * Rejects what is dated more than five minutes off its own clock, as services do, and says what time it has. It is the
 * server whose clock differs: a clock offset given to a client would be what that client has been told to trust.
 */
const checkingTheDate =
  (ahead: number): Serve =>
  (socket, { head }) => {
    const [, day = "", time = ""] = /x-amz-date: *(\d{8})T(\d{6})Z/i.exec(head) ?? [];
    const iso = `${day.replace(/(....)(..)(..)/, "$1-$2-$3")}T${time.replace(/(..)(..)(..)/, "$1:$2:$3")}Z`;
    const now = Date.now() + ahead;
    const date = new Date(now).toUTCString();
    const isRight = Math.abs(Date.parse(iso) - now) < 300_000;
    socket.write(isRight ? success : rejection("InvalidSignatureException", 400, { date }));
  };

/** Takes the first key's token for expired. */
const expiring: Serve = (socket, { head }) => {
  socket.write(head.includes(keys.accessKeyId) ? rejection("ExpiredTokenException") : success);
};

/** Gives the expired key first, then a good one. */
function provider(): () => Promise<Keys> {
  let asked = 0;
  return async () => (asked++ === 0 ? keys : { ...keys, accessKeyId: "AKIDSECOND" });
}

export const recovering: readonly Fault[] = [
  {
    id: "clock-slow",
    title: "client's clock an hour behind the service's",
    serve: () => checkingTheDate(hour),
    ours: { outcome: "succeeded", requests: 2 },
  },
  {
    id: "clock-fast",
    title: "client's clock an hour ahead of the service's",
    serve: () => checkingTheDate(-hour),
    ours: { outcome: "succeeded", requests: 2 },
  },
  {
    id: "expired-token",
    title: "expired token, the provider has a new one",
    serve: () => expiring,
    setup: () => ({ credentials: provider() }),
    ours: { outcome: "succeeded", requests: 2 },
  },
  {
    id: "expired-for-good",
    title: "expired token, fixed",
    serve: () => expiring,
    ours: { outcome: "ExpiredTokenException 400", requests: 1 },
  },
];
