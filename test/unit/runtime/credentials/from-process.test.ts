import { describe, expect, test } from "vitest";
import { credentialsFromProcess } from "../../../../runtime/src/credentials/from-process.js";
import { contextWith, failedSearch, reasonOf, search } from "./support.js";

/** A command that writes a text. */
const writing = (text: string, then = ""): string =>
  `"${process.execPath}" -e "process.stdout.write(Buffer.from('${Buffer.from(text).toString("hex")}', 'hex'));${then}"`;

const answer = { Version: 1, AccessKeyId: "AKIDPROCESS", SecretAccessKey: "hush" };

const profile = (command: string) => ({ config: `[default]\ncredential_process = ${command}\naws_account_id = 42` });

describe("credential_process", () => {
  test("serves where its profile has no keys", async () => {
    const expiration = "2030-01-02T03:04:05Z";
    const text = JSON.stringify({ ...answer, SessionToken: "t", Expiration: expiration });
    expect(await search(contextWith({}, profile(writing(text))))).toEqual({
      accessKeyId: "AKIDPROCESS",
      secretAccessKey: "hush",
      sessionToken: "t",
      expiration: new Date(expiration),
      accountId: "42",
      source: 'credential_process of profile "default"',
    });
  });

  test("may say the account itself", async () => {
    const text = JSON.stringify({ ...answer, AccountId: "7" });
    expect(await search(contextWith({}, profile(writing(text))))).toMatchObject({ accountId: "7" });
  });

  test.for([
    [writing("hush", "process.exit(3)"), "failed with exit code 3"],
    ["/gone/hush", "failed with exit code 127"],
    [writing("hush", "process.kill(process.ppid, 'SIGTERM')"), "was ended by SIGTERM"],
    [writing("hush"), "wrote something other than a JSON object"],
    [writing("{}"), "wrote no Version 1, the only one there is"],
    [writing('{"Version":2}'), "wrote no Version 1"],
    [writing('{"Version":1,"AccessKeyId":"hush"}'), "its answer lacks SecretAccessKey"],
    [writing(JSON.stringify({ ...answer, Expiration: "hush" })), "an Expiration that is no date"],
  ] as const)("that fails ends the search: %#", async ([command, reason]) => {
    const error = await failedSearch(contextWith({}, profile(command)));
    expect(error.tried.at(-1)).toEqual({
      source: "shared config files",
      reason: expect.stringContaining(`profile "default": its credential_process`) as string,
    });
    expect(error.message).toContain(reason);
    expect(error.message).not.toContain("hush");
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
