import { exec, type ExecException } from "node:child_process";
import type { Socket } from "node:net";
import { parseObject, readCredentialAnswer } from "./read-answer.js";
import type { AwsCredentialIdentity, Unavailable } from "./types.js";

/** Milliseconds that the command may take: it may ask its user for something. */
const timeLimit = 60_000;

/**
 * The credentials that the command of a profile's `credential_process` writes. Neither the command, which may hold a
 * secret, nor what it writes is shown, but for the start of what it complains of.
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
    // Of those that Node fails with, by its type a number all the same.
    if (String(error.code) === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return broken("was ended: it wrote too much");
    const how = error.signal ? `was ended by ${error.signal}` : `failed with exit code ${error.code}`;
    const said = firstLine(complaint, command);
    // Not Node's own error, which quotes the command.
    const { code, signal } = error;
    const cause = Object.assign(new Error(`credential_process ${how}`), { code, signal });
    return { ...broken(said === "" ? how : `${how}, saying: ${said}`), cause };
  }
  const answer = parseObject(output);
  if (!answer) return broken("wrote something other than a JSON object");
  if (!("Version" in answer) || answer.Version !== 1) return broken("wrote no Version 1, the only one there is");
  const credentials = readCredentialAnswer(answer, "SessionToken", ["AccessKeyId", "SecretAccessKey"]);
  return "reason" in credentials ? broken(`serves not: ${credentials.reason}`) : credentials;
}

interface Ended {
  readonly error: ExecException | null;
  readonly output: string;
  readonly complaint: string;
  readonly isLate: boolean;
}

/**
 * By the shell, as the documentation shows it: commands hold quotes and variables. The command does not keep this process
 * alive, whose calls may have been given up, and it ends with it.
 */
function run(command: string, limit: number): Promise<Ended> {
  return new Promise((resolve) => {
    let isLate = false;
    const child = exec(command, { windowsHide: true }, (error, output, complaint) => {
      clearTimeout(timer);
      process.removeListener("exit", end);
      resolve({ error, output, complaint, isLate });
    });
    const end = (): void => void child.kill();
    const timer = setTimeout(() => {
      isLate = true;
      end();
      // What the command has started may hold them open.
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, limit);
    process.once("exit", end);
    for (const handle of [timer, child, child.stdout as Socket | null, child.stderr as Socket | null]) handle?.unref();
  });
}

/** What a command complains of, without what may be secret: words of the command itself, and what looks like a key. */
function firstLine(complaint: string, command: string): string {
  const line = complaint.trim().split(/\r?\n/, 1)[0] ?? "";
  const hidden = line.replaceAll(/[\w./+=-]{4,}/g, (word) => {
    const isSecret = command.includes(word) || word.length >= 20 || /^(?=.*\d)(?=.*[A-Za-z]).{12,}$/.test(word);
    return isSecret ? "…" : word;
  });
  return hidden.slice(0, 200);
}
