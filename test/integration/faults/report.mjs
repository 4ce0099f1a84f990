// Puts all three clients to the faults and writes the outcome into docs/reliability.md: `npm run faults` at the root. The
// argument `duplex-report` does so for events both ways.
// The program is written in TypeScript; it is bundled first, into a folder as deep as its own.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "../../..");
const [report = "report"] = process.argv.slice(2);
const program = join(root, `.cache/faults/${report}.mjs`);
const bundle = await rolldown({
  input: join(import.meta.dirname, `${report}.ts`),
  platform: "node",
  external: (id) => !id.startsWith(".") && !id.startsWith("/"),
});
await bundle.write({ file: program, format: "esm", codeSplitting: false });
await bundle.close();
await import(pathToFileURL(program).href);
