/**
 * Node's HTTP modules. Not by `import`, which reads all that they export: in Node 22 and later some of that is made on
 * demand, by loading an undici of 45 ms.
 */
export const nodeHttp = (): typeof import("node:http") => process.getBuiltinModule("node:http");
export const nodeHttps = (): typeof import("node:https") => process.getBuiltinModule("node:https");
