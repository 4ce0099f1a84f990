// A process of its own: puts clients as they are to the faults of events both ways that are named, prints what became of
// each on a line, and ends by itself.
import { duplexFaults } from "./duplex-table.js";

/** `h2c`, or the folder of the certificate for TLS. */
const [certificate = "", ...ids] = process.argv.slice(2);

for (const { id, run } of duplexFaults.filter((fault) => ids.includes(fault.id))) {
  const { outcome, requests } = await run(certificate === "h2c" ? undefined : certificate);
  console.log(JSON.stringify({ id, outcome, requests }));
}
