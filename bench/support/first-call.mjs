// A fresh process: from the import of a client to its first response.
const [, , name = "", endpoint = ""] = process.argv;

const startedAt = performance.now();
/** @type {import("./types.d.ts").Contestant} */
const { open } = await import(`../contestants/${name}.mjs`);
const importedAt = performance.now();
const calls = open(endpoint);
await calls.getTrail();
const respondedAt = performance.now();
process.send?.({ imported: importedAt - startedAt, responded: respondedAt - startedAt });
await calls.close();
process.disconnect?.();
