import { exec, type ExecException } from "node:child_process";
import { parseObject, readCredentialAnswer } from "./read-answer.js";
import type { AwsCredentialIdentity, Unavailable } from "./types.js";

/** Milliseconds that the command may take: it may ask its user for something. */
const timeLimit = 60_000;

/**
 * The credentials that the command of a profile's `credential_process` writes. Neither the command, which may hold a
 * secret, nor what it writes is shown.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export async function credentialsFromProcess(
  command: string,
  limit: number = timeLimit,
): Promise<AwsCredentialIdentity | Unavailable> {
  const broken = (reason: string): Unavailable => ({ reason: `its credential_process ${reason}`, isBroken: true });
  const { error, output } = await run(command, limit);
  if (error) {
    if (error.killed) return broken(`was ended: it took more than ${limit} ms`);
    // Of those that Node fails with, by its type a number all the same.
    if (String(error.code) === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return broken("was ended: it wrote too much");
    return broken(error.signal ? `was ended by ${error.signal}` : `failed with exit code ${error.code}`);
  }
  const answer = parseObject(output);
  if (!answer) return broken("wrote something other than a JSON object");
  if (!("Version" in answer) || answer.Version !== 1) return broken("wrote no Version 1, the only one there is");
  const credentials = readCredentialAnswer(answer, "SessionToken", ["AccessKeyId", "SecretAccessKey"]);
  return "reason" in credentials ? broken(`serves not: ${credentials.reason}`) : credentials;
}

/** By the shell, as the documentation shows it: commands hold quotes and variables. */
function run(command: string, timeout: number): Promise<{ error: ExecException | null; output: string }> {
  return new Promise((resolve) => {
    exec(command, { timeout, windowsHide: true }, (error, output) => resolve({ error, output }));
  });
}
