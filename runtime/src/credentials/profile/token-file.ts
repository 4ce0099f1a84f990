import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { parseObject } from "../read-credentials.js";
import type { Unavailable } from "../types.js";

/** A file in which the AWS CLI keeps the tokens of a session. Its name is the hash of the session's. */
export function tokenFileName(algorithm: "sha1" | "sha256", session: string): string {
  return `${createHash(algorithm).update(session).digest("hex")}.json`;
}

/** Reads the tokens of a session. Reasons never contain a value. */
export async function readTokenFile(path: string): Promise<Readonly<Record<string, unknown>> | Unavailable> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "is missing" : `cannot be read (${code})`;
    return { reason: `its file of tokens ${path} ${reason}`, isBroken: true, cause };
  }
  const content = parseObject(text);
  return content
    ? (content as Readonly<Record<string, unknown>>)
    : { reason: `its file of tokens ${path} is not a JSON object`, isBroken: true };
}

/**
 * Writes the tokens of a session, which other programs read: at once, and for this user only. Returns false if the file
 * cannot be written.
 */
export async function writeTokenFile(path: string, content: object): Promise<boolean> {
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    await writeFile(draft, JSON.stringify(content, undefined, 2), { mode: 0o600 });
    await rename(draft, path);
    return true;
  } catch {
    await rm(draft, { force: true });
    return false;
  }
}

/** A text of a token file or a response; empty if it has none. */
export function textIn(content: object, name: string): string {
  const value: unknown = Object.hasOwn(content, name) ? (content as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : "";
}
