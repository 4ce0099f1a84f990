import fs from "node:fs";

/** Functions that change files. Synchronous, so that no signal handler runs between two steps of a swap. */
export type Disk = Pick<typeof fs, "mkdirSync" | "renameSync" | "rmSync" | "rmdirSync" | "writeFileSync">;

export const realDisk: Disk = fs;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** The result of `read`. Undefined if the file does not exist. */
export function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
