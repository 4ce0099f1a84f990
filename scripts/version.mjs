// Writes the version of the runtime's manifest, which changesets has raised, into the runtime's sources.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const runtime = join(import.meta.dirname, "../runtime");
const file = join(runtime, "src/version.ts");
const { version } = JSON.parse(readFileSync(join(runtime, "package.json"), "utf8"));
const text = readFileSync(file, "utf8").replace(/(?<=version = ")[^"]*/, version);
writeFileSync(file, text);
