import { readFile } from "node:fs/promises";
import type { Unavailable } from "./types.js";

/**
 * Reads a token, which may change at any time.
 *
 * @param setting what names the file: `AWS_WEB_IDENTITY_TOKEN_FILE`
 */
export async function readTokenFile(path: string, setting: string): Promise<string | Unavailable> {
  const broken = (problem: string, cause?: unknown): Unavailable => ({
    reason: `${path}, which ${setting} names, ${problem}`,
    isBroken: true,
    ...(cause !== undefined && { cause }),
  });
  try {
    const token = (await readFile(path, "utf8")).trim();
    return token === "" ? broken("is empty") : token;
  } catch (error) {
    return broken(`cannot be read (${(error as NodeJS.ErrnoException).code})`, error);
  }
}
