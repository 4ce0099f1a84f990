/// <reference path="../undici-agent.d.ts" />
import { runInThisContext } from "node:vm";
import type { Undici } from "./agents.js";

/**
 * As `agents.ts`, for programs that load it by `require`. Node itself loads undici, not Jest: in Jest's sandbox undici takes
 * fake timers for its own, and lacks some timers in the jsdom environment. `process` is Jest's there, hence the context of Node.
 */
export function loadUndici(): Promise<Undici> {
  const { getBuiltinModule } = runInThisContext("process") as typeof process;
  const load = getBuiltinModule("node:module").createRequire(__filename);
  return Promise.resolve().then(() => ({
    Agent: load("undici/lib/dispatcher/agent.js"),
    buildConnector: load("undici/lib/core/connect.js"),
  }));
}
