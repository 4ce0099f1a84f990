import { type Fault, noLimits, pause } from "../fault.js";
import { rejection, response } from "../server.js";
import { neverFound } from "./connecting.js";

const never = (): Promise<never> => new Promise(() => {});

const serveHalf: Fault["serve"] = () => {
  const half = response(200, '{"Tr', { "content-length": "13" });
  return (socket) => void socket.write(half);
};
const throttle: Fault["serve"] = () => {
  const throttled = rejection("ThrottlingException");
  return (socket) => void socket.write(throttled);
};
const throttleLong: Fault["serve"] = () => {
  const throttled = rejection("ThrottlingException", 400, { "retry-after": "10" });
  return (socket) => void socket.write(throttled);
};

interface Phase {
  readonly name: string;
  readonly title: string;
  /** What the error says that the call was doing. */
  readonly doing: RegExp;
  readonly parts: Partial<Fault>;
  readonly requests: number;
}

/** Where a call can be when it is ended from outside. */
const phases: readonly Phase[] = [
  {
    name: "configuration",
    title: "while the Region is awaited",
    doing: /while waiting for its configuration/,
    parts: { setup: () => ({ ...noLimits, region: never }), without: { v2: "takes no function there" } },
    requests: 0,
  },
  {
    name: "credentials",
    title: "while credentials are awaited",
    doing: /while waiting for credentials/,
    parts: { setup: () => ({ ...noLimits, credentials: never }) },
    requests: 0,
  },
  {
    name: "connect",
    title: "while connecting",
    doing: /while waiting for a connection/,
    parts: {
      setup: ({ main }) => ({ ...noLimits, endpoint: `http://nowhere.test:${main.port}`, lookup: neverFound }),
    },
    requests: 0,
  },
  {
    name: "pool",
    title: "while a free connection is awaited",
    doing: /while waiting for a connection/,
    parts: {
      setup: () => ({ ...noLimits, maxConnections: 1 }),
      act: async (client, call, { main }) => {
        const first = new AbortController();
        const busy = client.call({ signal: first.signal }).catch(() => "given up");
        while (main.requests < 1) await pause(5);
        try {
          return await client.call(call);
        } finally {
          first.abort();
          await busy;
        }
      },
    },
    requests: 1,
  },
  {
    name: "headers",
    title: "while the response is awaited",
    doing: /while waiting for the response/,
    parts: { setup: () => noLimits },
    requests: 1,
  },
  {
    name: "body",
    title: "while the body is read",
    doing: /while reading the response/,
    parts: { setup: () => noLimits, serve: serveHalf },
    requests: 1,
  },
];

const aborted = (says: RegExp, requests: number): Fault["ours"] => ({
  outcome: "AbortedError",
  says: new RegExp(`^The call was aborted ${says.source}: enough$`),
  requests,
  within: 700,
});

export const ending: readonly Fault[] = [
  {
    id: "abort-before",
    title: "aborted before it begins",
    abort: "before",
    without: { v2: "has nothing to abort yet" },
    ours: {
      outcome: "AbortedError",
      says: /^The call was aborted before it started: enough$/,
      requests: 0,
      within: 300,
    },
  },
  ...phases.map(({ name, title, doing, parts, requests }): Fault => ({
    id: `abort-${name}`,
    title: `aborted ${title}`,
    abort: { after: 300, of: "call" },
    ...parts,
    ours: aborted(doing, requests),
  })),
  {
    id: "abort-backoff",
    title: "aborted in the wait before a retry",
    serve: throttle,
    abort: { after: 20, of: "request" },
    ours: {
      ...aborted(/while waiting before another attempt/, 1),
      explains: /1\. ThrottlingException, .*; waited \d+ of 500 ms\n {2}before {6}\d+ ms until the first attempt$/,
    },
  },
  ...phases.map(({ name, title, doing, parts, requests }): Fault => ({
    id: `deadline-${name}`,
    title: `bounded to 0.6 s ${title}`,
    call: { deadline: 600 },
    ...parts,
    ours: {
      outcome: "TimeoutError deadline",
      says: new RegExp(
        `^The call did not finish within its deadline of 600 ms \\(deadline\\) and was ended ${doing.source}\\.$`,
      ),
      requests,
      within: 900,
    },
  })),
  {
    id: "deadline-backoff",
    title: "bounded to 0.6 s, throttled, and asked to wait 10 s",
    serve: throttleLong,
    call: { deadline: 600 },
    ours: {
      outcome: "ThrottlingException 400",
      explains: /the wait would have lasted beyond the deadline/,
      requests: 1,
      within: 500,
    },
  },
];
