import type { ExecException } from "node:child_process";
import type { Socket } from "node:net";
import { parseObject, readCredentials } from "./read-credentials.js";
import type { AwsCredentialIdentity } from "../config/identity.js";
import type { Unavailable } from "./types.js";

/** Time limit in milliseconds. The command may prompt the user. */
const timeLimit = 60_000;

/**
 * Credentials from the output of a profile's `credential_process`. Messages contain neither the command, which may
 * contain a secret, nor its output, only the redacted first line of its standard error.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export async function credentialsFromProcess(
  command: string,
  limit: number = timeLimit,
): Promise<AwsCredentialIdentity | Unavailable> {
  const broken = (reason: string): Unavailable => ({ reason: `its credential_process ${reason}`, isBroken: true });
  const { error, output, complaint, isLate } = await run(command, limit);
  if (error) {
    if (isLate) return broken(`was ended: it took more than ${limit} ms`);
    // Node sets this string although the type is a number.
    if (String(error.code) === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return broken("was ended: it wrote too much");
    const how = error.signal ? `was ended by ${error.signal}` : `failed with exit code ${error.code}`;
    const printed = firstLine(complaint, command);
    // Without Node's own error, which quotes the command.
    const { code, signal } = error;
    const cause = Object.assign(new Error(`credential_process ${how}`), { code, signal });
    return { ...broken(printed === "" ? how : `${how}, with the output: ${printed}`), cause };
  }
  const parsed = parseObject(output);
  if (!parsed) return broken("wrote something other than a JSON object");
  if (!("Version" in parsed) || parsed.Version !== 1) return broken("wrote no Version 1, the only supported version");
  const credentials = readCredentials(parsed, "SessionToken", ["AccessKeyId", "SecretAccessKey"]);
  return "reason" in credentials ? broken(`cannot be used: ${credentials.reason}`) : credentials;
}

interface Ended {
  readonly error: ExecException | null;
  readonly output: string;
  readonly complaint: string;
  readonly isLate: boolean;
}

/**
 * Run by the shell, as documented: commands contain quotes and variables. The command does not keep this process alive,
 * since its calls may have been aborted, and is ended with it.
 */
function run(command: string, limit: number): Promise<Ended> {
  return new Promise((resolve) => {
    let isLate = false;
    // Not imported: a bundle of one file would load it at its start, which takes longer than all of the runtime.
    const { exec } = process.getBuiltinModule("node:child_process");
    const child = exec(command, { windowsHide: true }, (error, output, complaint) => {
      clearTimeout(timer);
      process.removeListener("exit", end);
      resolve({ error, output, complaint, isLate });
    });
    const end = (): void => void child.kill();
    const timer = setTimeout(() => {
      isLate = true;
      end();
      // Processes started by the command may keep the pipes open.
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, limit);
    process.once("exit", end);
    for (const handle of [timer, child, child.stdout as Socket | null, child.stderr as Socket | null]) handle?.unref();
  });
}

/**
 * The first line of a command's standard error, with possible secrets redacted: words of the command itself, and what
 * looks like a key.
 */
function firstLine(complaint: string, command: string): string {
  const line = complaint.trim().split(/\r?\n/, 1)[0] ?? "";
  const hidden = line.replaceAll(/[\w./+=-]{4,}/g, (word) => {
    const isSecret = command.includes(word) || word.length >= 20 || /^(?=.*\d)(?=.*[A-Za-z]).{12,}$/.test(word);
    return isSecret ? "…" : word;
  });
  return hidden.slice(0, 200);
}
