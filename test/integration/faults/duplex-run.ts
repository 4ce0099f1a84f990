// A process of its own: puts clients as they are to the faults of events both ways that are named, prints what became of
// each on a line, and ends by itself.
import { duplexFaults } from "./duplex-table.js";
import { openV3 } from "./duplex-v3.js";

/** `h2c`, the folder of the certificate for TLS, or `v3` for that client without TLS. */
const [mode = "", ...ids] = process.argv.slice(2);

for (const { id, run } of duplexFaults.filter((fault) => ids.includes(fault.id))) {
  const startedAt = performance.now();
  const certificate = mode === "h2c" || mode === "v3" ? undefined : mode;
  const { outcome, requests } = await run(certificate, mode === "v3" ? openV3 : undefined);
  const milliseconds = Math.round(performance.now() - startedAt);
  console.log(JSON.stringify({ id, outcome, requests, milliseconds }));
}
