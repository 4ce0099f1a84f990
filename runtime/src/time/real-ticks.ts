import { nextTick as nodeNextTick } from "node:process";
import { setImmediate as nodeSetImmediate } from "node:timers";

/**
 * Node's own, as they were when this module was loaded: a call does not wait for what Vitest or Jest put in their place while
 * a test has fake timers. Delays and time limits are about time, and take the globals.
 */
export const nextTick: typeof nodeNextTick = nodeNextTick;
export const setImmediate: typeof nodeSetImmediate = nodeSetImmediate;
