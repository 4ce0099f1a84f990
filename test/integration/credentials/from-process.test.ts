import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { credentialsFromProcess } from "#runtime/credentials/from-process.js";
import { contextWith, failedSearch, reasonOf, search } from "../../unit/runtime/credentials/support.js";

/** A command that writes a text. */
const writing = (text: string, then = ""): string =>
  `"${process.execPath}" -e "process.stdout.write(Buffer.from('${Buffer.from(text).toString("hex")}', 'hex'));${then}"`;

const response = { Version: 1, AccessKeyId: "AKIDPROCESS", SecretAccessKey: "hush" };

const profile = (command: string) => ({ config: `[default]\ncredential_process = ${command}\naws_account_id = 42` });

describe("credential_process", () => {
  test("serves where its profile has no keys", async () => {
    const expiration = "2030-01-02T03:04:05Z";
    const text = JSON.stringify({ ...response, SessionToken: "t", Expiration: expiration });
    expect(await search(contextWith({}, profile(writing(text))))).toEqual({
      accessKeyId: "AKIDPROCESS",
      secretAccessKey: "hush",
      sessionToken: "t",
      expiration: new Date(expiration),
      accountId: "42",
      source: 'credential_process of profile "default"',
    });
  });

  test("may start its output with a byte order mark", async () => {
    const text = `\uFEFF${JSON.stringify(response)}\r\n`;
    expect(await search(contextWith({}, profile(writing(text))))).toMatchObject({ accessKeyId: "AKIDPROCESS" });
  });

  test("that gives expired credentials ends the search with their time", async () => {
    const text = JSON.stringify({ ...response, Expiration: "2020-01-02T03:04:05Z" });
    const error = await failedSearch(contextWith({}, profile(writing(text))));
    expect(error.tried.at(-1)).toEqual({
      source: "shared config files",
      reason: expect.stringMatching(
        /^the credentials of credential_process of profile "default" expired at 2020-01-02T03:04:05.000Z, and it is now 20/,
      ) as string,
    });
    expect(error.message).not.toContain("hush");
  });

  test("may contain the account itself", async () => {
    const text = JSON.stringify({ ...response, AccountId: "7" });
    expect(await search(contextWith({}, profile(writing(text))))).toMatchObject({ accountId: "7" });
  });

  test.for([
    [writing("hush", "process.exit(3)"), "failed with exit code 3"],
    ["/gone/hush", "failed with exit code 127"],
    [writing("hush", "process.kill(process.ppid, 'SIGTERM')"), "was ended by SIGTERM"],
    [writing("hush"), "wrote something other than a JSON object"],
    [writing("{}"), "wrote no Version 1, the only supported version"],
    [writing('{"Version":2}'), "wrote no Version 1"],
    [writing('{"Version":1,"AccessKeyId":"hush"}'), "its response lacks SecretAccessKey"],
    [writing(JSON.stringify({ ...response, Expiration: "hush" })), "an Expiration that is not a date"],
  ] as const)("that fails ends the search: %#", async ([command, reason]) => {
    const error = await failedSearch(contextWith({}, profile(command)));
    expect(error.tried.at(-1)).toEqual({
      source: "shared config files",
      reason: expect.stringContaining(`profile "default": its credential_process`) as string,
    });
    expect(error.message).toContain(reason);
    expect(error.message).not.toContain("hush");
  });

  test("reports its complaint, without the command line and without anything like a key", async () => {
    const command = `echo "Token of hush expired: AKIAIOSFODNN7EXAMPLE, wJalrXUtnFEMI/K7MDENG" >&2; echo more >&2; exit 3`;
    const outcome = await credentialsFromProcess(command);
    expect(reasonOf(outcome)).toMatch(/failed with exit code 3, with the output: …? ?/);
    expect(reasonOf(outcome)).not.toMatch(/hush|AKIA|wJalr|more/);
    const script = `${process.execPath} -e "console.error(['The','session','has','ended'].join(' '));process.exit(4)"`;
    const ended = await credentialsFromProcess(script);
    expect(reasonOf(ended)).toContain("failed with exit code 4, with the output: ");
    expect(ended).toMatchObject({ cause: { message: "credential_process failed with exit code 4", code: 4 } });
    expect(JSON.stringify((ended as { cause: Error }).cause.message)).not.toContain("console");
  });

  test("does not keep the process of an aborted call alive, and is ended by it", async () => {
    const home = mkdtempSync(join(tmpdir(), "process-"));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const ended = join(home, "ended");
    const script = join(home, "command.sh");
    writeFileSync(script, `trap 'echo >> ${ended}; exit' TERM\nfor n in $(seq 300); do sleep 0.1; done\n`);
    writeFileSync(join(home, "config"), `[default]\ncredential_process = exec sh ${script}\n`);
    const program = `
      const { CloudTrailClient, listTrails } = await import("@clientsmith/cloudtrail");
      const client = new CloudTrailClient({ region: "us-east-1", endpoint: "http://127.0.0.1:1" });
      try { await listTrails(client, {}, { signal: AbortSignal.timeout(300) }) } catch (error) { console.log(error.code) }
      console.log("second call:", (await listTrails(client, {}, { deadline: 200 }).catch((error) => error.code)));`;
    const env = { PATH: process.env["PATH"], AWS_CONFIG_FILE: join(home, "config"), AWS_EC2_METADATA_DISABLED: "true" };
    const startedAt = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { env });
    expect(stdout).toBe("Aborted\nsecond call: Timeout\n");
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    await vi.waitFor(() => expect(existsSync(ended)).toBe(true), { timeout: 5_000 });
  });

  test("is given up when it takes too long, or writes too much", async () => {
    // Ending the shell does not end what it has started, which here ends by itself.
    expect(reasonOf(await credentialsFromProcess(writing("", "setTimeout(() => {}, 2000)"), 300))).toContain(
      "was ended: it took more than 300 ms",
    );
    expect(reasonOf(await credentialsFromProcess(writing("", "process.stdout.write('hush'.repeat(1e6))")))).toContain(
      "was ended: it wrote too much",
    );
  });
});
