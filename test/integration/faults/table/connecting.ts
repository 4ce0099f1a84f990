import type { LookupFunction } from "node:net";
import { type Fault, pause } from "../fault.js";
import { closedPort, success } from "../server.js";

export const neverFound: LookupFunction = () => {};

const notFound: LookupFunction = (host, _options, callback) => {
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
    code: "ENOTFOUND",
    syscall: "getaddrinfo",
  });
  setImmediate(callback, error, "");
};

const noServer = await closedPort();

export const connecting: readonly Fault[] = [
  {
    id: "refused",
    title: "connection refused",
    setup: () => ({ endpoint: `http://127.0.0.1:${noServer}` }),
    ours: {
      outcome: "ConnectionError ECONNREFUSED",
      says: /^POST http:\/\/127\.0\.0\.1:\d+ was not sent: nothing accepts connections there \(ECONNREFUSED\)\.$/,
      explains: /3, of at most 3, .*\n {4}1\. ConnectionError, ECONNREFUSED, after/,
      requests: 0,
    },
  },
  {
    id: "dns",
    title: "DNS has no such host",
    setup: ({ main }) => ({ endpoint: `http://nowhere.test:${main.port}`, lookup: notFound }),
    ours: {
      outcome: "ConnectionError ENOTFOUND",
      says: /was not sent: DNS has no such host; check the endpoint \(ENOTFOUND\)/,
      requests: 0,
    },
  },
  {
    id: "stalled-connect",
    title: "connecting stalls (DNS never responds)",
    setup: ({ main }) => ({ endpoint: `http://nowhere.test:${main.port}`, lookup: neverFound }),
    ours: {
      outcome: "TimeoutError connect",
      says: /timed out after 500 ms \(option connectTimeout\): no connection could be opened/,
      explains: /TimeoutError, connect, after \d+ ms \(.*connect (4[5-9]|5|6|7)\d/,
      requests: 0,
    },
  },
  {
    id: "stalled-tls",
    title: "the TLS handshake stalls",
    setup: ({ main }) => ({ endpoint: `https://127.0.0.1:${main.port}` }),
    ours: { outcome: "TimeoutError connect", says: /option connectTimeout/, requests: 0 },
  },
  {
    id: "pool-exhausted",
    title: "all connections in use (1 allowed)",
    setup: () => ({ maxConnections: 1, limits: { connect: 500, response: 60_000 } }),
    act: async (client, call, { main }) => {
      const controller = new AbortController();
      const first = client.call({ signal: controller.signal }).catch(() => "given up");
      while (main.requests < 1) await pause(5);
      try {
        return await client.call(call);
      } finally {
        controller.abort();
        await first;
      }
    },
    ours: {
      outcome: "TimeoutError connect",
      says: /: the only connection allowed is in use \(option maxConnections\)/,
      requests: 1,
    },
  },
  {
    id: "idle-closed",
    title: "a pooled connection was closed while idle",
    serve: () => (socket) => {
      socket.write(success);
      setTimeout(() => socket.end(), 50);
    },
    act: async (client, call) => {
      await client.call(call);
      await pause(200);
      return client.call(call);
    },
    ours: { outcome: "succeeded", requests: 2 },
  },
  {
    id: "kept-reset",
    title: "a pooled connection is reset when the next request comes",
    serve:
      () =>
      (socket, { onConnection }) => {
        if (onConnection === 1) socket.write(success);
        else socket.resetAndDestroy();
      },
    act: async (client, call) => {
      await client.call(call);
      return client.call(call);
    },
    ours: { outcome: "succeeded", requests: 3 },
  },
];
