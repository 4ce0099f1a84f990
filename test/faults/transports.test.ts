import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/shared.js";
import { bundleRunner, type Run, runFaults } from "./child.js";
import { type Expected, patience } from "./fault.js";
import { faults } from "./table.js";

/** What comes out otherwise than over undici; undefined where a transport cannot be put to a fault. */
type Differences = Readonly<Record<string, Partial<Expected> | undefined>>;

/** Neither takes an agent whose DNS could be replaced. */
const ownDns = {
  dns: undefined,
  "stalled-connect": undefined,
  "abort-connect": undefined,
  "deadline-connect": undefined,
};

const transports: Readonly<Record<string, Differences>> = {
  "node:http": {
    ...ownDns,
    "closed-before-headers": { outcome: "ConnectionError ECONNRESET" },
    truncated: { outcome: "ConnectionError" },
    "truncated-close": { outcome: "ConnectionError" },
    "truncated-chunks": { outcome: "ConnectionError" },
    // Node's parser takes what is left of the body for the beginning of another response.
    "content-length-short": { outcome: "ConnectionError HPE_INVALID_CONSTANT", requests: 3 },
    "content-length-two": { outcome: "ConnectionError HPE_UNEXPECTED_CONTENT_LENGTH" },
    "no-http": { outcome: "ConnectionError HPE_INVALID_CONSTANT" },
    "endless-headers": { outcome: "ConnectionError HPE_HEADER_OVERFLOW" },
    // That fault is about `fetch`, which decompresses.
    "bomb-fetch": { outcome: "UnexpectedResponseError 200" },
  },
  fetch: {
    ...ownDns,
    // It has no bound of connections, does not tell when it is connected, and decompresses.
    "pool-exhausted": undefined,
    "abort-pool": undefined,
    "deadline-pool": undefined,
    "stalled-tls": { outcome: "TimeoutError headers" },
    // Whether it had kept the connection is not told, nor is it sure to have.
    "kept-reset": undefined,
    bomb: { outcome: "ConnectionError CLIENTSMITH_RESPONSE_TOO_LARGE" },
    compressed: { outcome: "answered" },
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
    expect(seen?.milliseconds).toBeLessThan(patience);
  });
});
