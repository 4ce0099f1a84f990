// Runs the benches that the arguments name, or all: prints a table for each and writes the figures into results/.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { names } from "./support/names.mjs";

const here = new URL(".", import.meta.url);

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no bench is named ${unknown.join(", ")}; there are: ${names.join(", ")}`);
  process.exit(2);
}
process.env["AWS_EC2_METADATA_DISABLED"] = "true";
install();

mkdirSync(new URL("results/", here), { recursive: true });
const machine = { node: process.version, platform: process.platform, cpus: cpus().length };
console.log(`Node ${machine.node} on ${machine.platform}, ${machine.cpus} processors\n`);
let isEveryGoalReached = true;
for (const name of chosen.length > 0 ? chosen : names) {
  /** @type {{ bench: import("./support/types.d.ts").Bench }} */
  const { bench } = await import(`./${name}.mjs`);
  console.log(bench.title);
  const { rows, goals } = await bench.run();
  console.table(rows);
  for (const { what, value, limit } of goals) {
    const isReached = value <= limit;
    isEveryGoalReached &&= isReached;
    console.log(`  ${isReached ? "reached" : "missed "}  ${what}: ${value} (at most ${limit})`);
  }
  console.log();
  writeFileSync(
    new URL(`results/${name}.json`, here),
    `${JSON.stringify({ machine, title: bench.title, rows, goals }, null, 2)}\n`,
  );
}
process.exitCode = isEveryGoalReached ? 0 : 1;

/** The clients to compare with and the bundler, from this folder's own lockfile, on first use. */
function install() {
  const { dependencies } = JSON.parse(readFileSync(new URL("package.json", here), "utf8"));
  if (Object.keys(dependencies).every((name) => existsSync(new URL(`node_modules/${name}`, here)))) return;
  console.log("installing what the benches compare with into bench/node_modules (once)");
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: fileURLToPath(here),
    stdio: "inherit",
  });
  if (npm.status !== 0) process.exit(1);
}
