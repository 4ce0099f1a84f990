/**
 * Node's own, as they were when this module was loaded: a call does not wait for what Vitest or Jest put in their place while
 * a test has fake timers. Delays and time limits are about time, and take the globals. Not imported: the names of a module
 * `node:process` include `stdin` and `stdout`, and to create these takes 3 ms.
 */
export const { nextTick } = process.getBuiltinModule("node:process");
export const { setImmediate } = process.getBuiltinModule("node:timers");
