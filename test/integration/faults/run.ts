// A process of its own: puts one client to the faults named, prints what became of each on a line, and ends by itself.
import { getEventListeners } from "node:events";
import type { Contestant } from "./clients/client.js";
import { type Fault, limit, type Outcome, waitLimit, pause, type Servers } from "./fault.js";
import { startServer, success } from "./server.js";
import { faults } from "./table.js";
import { keys } from "./table/recovering.js";

/** Faults in flight at a time. */
const width = 6;

const load: Readonly<Record<string, () => Promise<Contestant>>> = {
  clientsmith: async () => (await import("./clients/clientsmith.js")).asItIs,
  undici: async () => (await import("./clients/clientsmith.js")).overUndici,
  fetch: async () => (await import("./clients/clientsmith.js")).overFetch,
  v2: async () => (await import("./clients/v2.js")).contestant,
  v3: async () => (await import("./clients/v3.js")).contestant,
};

// The same waits before retries in every run.
Math.random = () => 0.5;

const [name = "", ...ids] = process.argv.slice(2);
const contestant = await load[name]?.();
if (!contestant) throw new Error(`no client is named ${name}`);
const queue = faults.filter(({ id }) => ids.includes(id));

await Promise.all(
  Array.from({ length: width }, async () => {
    for (let fault = queue.shift(); fault; fault = queue.shift()) {
      console.log(JSON.stringify(await run(fault, contestant)));
    }
  }),
);

/** One fault with servers and a client of its own, all closed afterwards. */
async function run(fault: Fault, { open, kindOf }: Contestant): Promise<Outcome> {
  const other = await startServer((socket) => void socket.write(success));
  const main = await startServer(fault.serve?.(other));
  const servers: Servers = { main, other };
  const client = open({
    endpoint: `http://127.0.0.1:${servers.main.port}`,
    credentials: keys,
    limits: { connect: limit, response: limit },
    ...fault.setup?.(servers),
  });
  const reason = new Error("enough");
  const controller = new AbortController();
  const call = { ...(fault.abort && { signal: controller.signal }), ...fault.call };
  if (fault.abort === "before") controller.abort(reason);
  const startedAt = performance.now();
  void abortLater(fault, controller, reason, servers);
  const result = await settle(fault.act ? fault.act(client, call, servers) : client.call(call));
  const milliseconds = Math.round(performance.now() - startedAt);
  const { requests } = main;
  const { error } = result;
  const listeners = getEventListeners(controller.signal, "abort").length;
  if (result.outcome !== "waiting") await client.close();
  await main.close();
  await other.close();
  return {
    id: fault.id,
    outcome: result.outcome ?? kindOf(error),
    message: error instanceof Error ? error.message : "",
    explanation: (error as { explain?(): string } | undefined)?.explain?.() ?? "",
    requests,
    astray: other.requests,
    milliseconds,
    listeners,
    keepsReason: fault.abort && error !== undefined ? (error as { cause?: unknown }).cause === reason : undefined,
  };
}

async function abortLater(
  { abort }: Fault,
  controller: AbortController,
  reason: Error,
  servers: Servers,
): Promise<void> {
  if (abort === undefined || abort === "before") return;
  if (abort.of === "request") while (servers.main.requests === 0) await pause(5);
  await pause(abort.after);
  controller.abort(reason);
}

async function settle(result: Promise<unknown>): Promise<{ outcome?: string; error?: unknown }> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Promise<{ outcome: string }>((resolve) => {
    timer = setTimeout(resolve, waitLimit, { outcome: "waiting" });
  });
  const settled = result.then(
    () => ({ outcome: "succeeded" }),
    (error: unknown) => ({ error }),
  );
  const first = await Promise.race([waiting, settled]);
  clearTimeout(timer);
  return first;
}
