// Publishes each package whose version the registry does not have, in the order of the workspaces: a package comes after
// those that it depends on. Arguments are passed to `npm publish`: with `--dry-run`, only shows what would be published.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const options = process.argv.slice(2);

/** @param {readonly string[]} args @param {"pipe" | "inherit"} stdio */
function npm(args, stdio = "pipe") {
  // `npm run` sets this to its script; on Windows, the command `npm` cannot be started without a shell.
  const script = process.env["npm_execpath"];
  const [command, first] = script === undefined ? ["npm", []] : [process.execPath, [script]];
  const result = spawnSync(command, [...first, ...args, ...options], { cwd: root, encoding: "utf8", stdio });
  if (result.error) throw result.error;
  return result;
}

/** @param {string} name @param {string} version */
function isPublished(name, version) {
  if (options.includes("--dry-run")) return false;
  const { status, stdout, stderr } = npm(["view", `${name}@${version}`, "version"]);
  if (status === 0) return stdout.trim() === version;
  if (/\bE404\b/.test(stderr)) return false;
  throw new Error(`the registry cannot be queried for ${name}:\n${stderr}`);
}

/** @type {Readonly<Record<string, string>>} */
const versions = JSON.parse(npm(["pkg", "get", "version", "--workspaces"]).stdout);
for (const [name, version] of Object.entries(versions)) {
  if (isPublished(name, version)) {
    console.log(`${name} ${version} is already published`);
    continue;
  }
  if (npm(["publish", "--workspace", name, "--access", "public"], "inherit").status !== 0) {
    console.error(`${name} ${version} was not published. Run this again to publish it and the packages after it.`);
    process.exit(1);
  }
}
