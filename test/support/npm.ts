import { spawnSync } from "node:child_process";

/** Messages of npm if no registry can be reached, as opposed to those about a wrong command. */
const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/;

/** Runs npm and returns its output. Throws with its error output if it fails. */
export function npm(folder: string, ...args: readonly string[]): string {
  const result = run(folder, args);
  if (result.status !== 0) throw new Error(failure(args, result));
  return result.stdout;
}

/**
 * Runs an npm command that installs. Returns false and prints a line that says what is skipped if no registry can be reached.
 * Throws if it fails for another reason.
 */
export function npmInstall(folder: string, args: readonly string[], skipped: string): boolean {
  // Without a network it should fail soon.
  const waitLimit = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"];
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", ...waitLimit];
  const result = run(folder, [...args, ...options]);
  if (result.status === 0) return true;
  if (!unreachable.test(result.stderr)) throw new Error(failure(args, result));
  console.log(`skipped: ${skipped}, because no package registry can be reached`);
  return false;
}

function run(folder: string, args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  // `npm run` sets this to its script; on Windows, the command `npm` cannot be started without a shell.
  const script = process.env["npm_execpath"];
  const [command, first] = script === undefined ? ["npm", []] : [process.execPath, [script]];
  const options = { cwd: folder, encoding: "utf8" } as const;
  const { error, status, stdout, stderr } = spawnSync(command, [...first, ...args], options);
  if (error) throw error;
  return { status, stdout, stderr };
}

function failure(args: readonly string[], { stdout, stderr }: { stdout: string; stderr: string }): string {
  return `npm ${args.join(" ")} failed:\n${stderr}\n${stdout}`;
}
