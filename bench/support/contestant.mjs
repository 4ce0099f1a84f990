// A contestant runs in its own process, so that it does not affect another.
import { fork } from "node:child_process";
import { once } from "node:events";

/** @import { Operation, Round } from "./types.d.ts" */

/**
 * @param {string} [scenario] of the calls over all protocols
 * @returns {Promise<{ endpoint: string, stop: () => void }>}
 */
export async function startServer(scenario) {
  const server = scenario
    ? fork(new URL("protocol-server.mjs", import.meta.url), [scenario])
    : fork(new URL("server.mjs", import.meta.url));
  const [endpoint] = await once(server, "message");
  return { endpoint, stop: () => server.disconnect() };
}

/**
 * @param {string} name
 * @param {string} endpoint
 * @param {string[]} [execArgv]
 * @param {string[]} [scenario] of the calls over all protocols, and what variant of a floor
 */
export function startContestant(name, endpoint, execArgv = [], scenario = []) {
  // The official client warns about Node versions whose support will end.
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const worker = fork(new URL("worker.mjs", import.meta.url), [name, endpoint, ...scenario], {
    env,
    execArgv: ["--expose-gc", ...execArgv],
  });
  const exit = once(worker, "exit");
  /** @param {object} job */
  const run = async (job) => {
    worker.send(job);
    const message = new Promise((resolve) => worker.once("message", resolve));
    const outcome = await Promise.race([message, exit.then(() => undefined)]);
    if (outcome === undefined) throw new Error(`${name} ended before it responded`);
    return outcome;
  };
  return {
    name,
    /**
     * @param {Operation | "call"} operation
     * @param {number} calls
     * @returns {Promise<Round>}
     */
    round: (operation, calls) => run({ operation, calls }),
    /** One call that moves a body: the bytes held, sampled. @returns {Promise<number[]>} */
    held: () => run({ operation: "held" }),
    async stop() {
      worker.disconnect();
      await exit;
    },
  };
}
