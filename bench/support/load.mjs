// A fresh process: how long the import of a module takes, or which modules of its package it loads.
import { statSync } from "node:fs";
import { Session } from "node:inspector";
import { fileURLToPath } from "node:url";

const [, , what, url = "", folder = ""] = process.argv;

if (what === "time") {
  const startedAt = performance.now();
  await import(url);
  process.send?.(performance.now() - startedAt);
} else {
  const session = new Session();
  /** @type {Set<string>} */
  const loaded = new Set();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => {
    if (params.url.startsWith(folder)) loaded.add(fileURLToPath(params.url));
  });
  session.post("Debugger.enable");
  await import(url);
  session.disconnect();
  process.send?.({ modules: loaded.size, bytes: [...loaded].reduce((total, file) => total + statSync(file).size, 0) });
}
process.disconnect?.();
