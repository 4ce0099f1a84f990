import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";
import { bundleRunner, type Run, runFaults } from "./child.js";
import { type Expected, waitLimit } from "./fault.js";
import { faults } from "./table.js";

/** What comes out otherwise than over `node:http`; undefined where a transport cannot be put to a fault. */
type Differences = Readonly<Record<string, Partial<Expected> | undefined>>;

/** These are injected by a dispatcher of the test, which a transport of its own does not take. */
const ownDns = {
  dns: undefined,
  "stalled-connect": undefined,
  "abort-connect": undefined,
  "deadline-connect": undefined,
};

/** Node's `fetch` is an undici of its own. */
const codesOfUndici = {
  "closed-before-headers": { outcome: "ConnectionError UND_ERR_SOCKET" },
  truncated: { outcome: "ConnectionError UND_ERR_SOCKET" },
  "truncated-close": { outcome: "ConnectionError UND_ERR_RES_CONTENT_LENGTH_MISMATCH" },
  "truncated-chunks": { outcome: "ConnectionError UND_ERR_SOCKET" },
  // It has the body that was announced, and drops the connection for what follows.
  "content-length-short": { outcome: "UnexpectedResponseError 200", requests: 1 },
  "content-length-two": { outcome: "ConnectionError UND_ERR_RES_CONTENT_LENGTH_MISMATCH" },
  "no-http": { outcome: "ConnectionError" },
  "endless-headers": { outcome: "ConnectionError UND_ERR_HEADERS_OVERFLOW" },
};

const transports: Readonly<Record<string, Differences>> = {
  undici: {
    ...ownDns,
    ...codesOfUndici,
    // That fault is about `fetch`, which decompresses.
    "bomb-fetch": { outcome: "UnexpectedResponseError 200" },
  },
  fetch: {
    ...ownDns,
    ...codesOfUndici,
    // It has no bound of connections, does not report when it is connected, and decompresses.
    "pool-exhausted": undefined,
    "abort-pool": undefined,
    "deadline-pool": undefined,
    "stalled-tls": { outcome: "TimeoutError headers" },
    // Whether it had kept the connection is not told, nor is it sure to have.
    "kept-reset": undefined,
    bomb: { outcome: "ConnectionError CLIENTSMITH_RESPONSE_TOO_LARGE" },
    compressed: { outcome: "succeeded" },
  },
};

describe.each(Object.entries(transports))("the same faults over %s", (name, differences) => {
  const cases = faults.filter(({ id }) => !(id in differences) || differences[id] !== undefined);
  let program: string;
  let run: Run;

  beforeAll(async () => {
    program = await bundleRunner(root);
    const ids = cases.map(({ id }) => id);
    run = await runFaults(root, program, name, ids);
  }, 120_000);

  afterAll(() => rmSync(dirname(program), { recursive: true, force: true }));

  it("leave no handle open: the process ends by itself, and without a complaint", () => {
    expect(run).toMatchObject({ exitCode: 0, complaints: "" });
    expect(run.outcomes).toHaveLength(cases.length);
  });

  it.each(cases)("$title ($id)", ({ id, abort, ours }) => {
    const { outcome, requests } = { ...ours, ...differences[id] };
    const seen = run.outcomes.find((each) => each.id === id);
    expect(seen).toMatchObject({ outcome, requests, astray: 0, listeners: 0, ...(abort && { keepsReason: true }) });
    expect(seen?.milliseconds).toBeLessThan(waitLimit);
  });
});
