import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { type Disk, realDisk } from "../write/disk.js";

/**
 * Replaces a file's content, at one stroke: whenever this ends, the old content is there or the new one.
 *
 * @param mode permissions, which are kept
 */
export function replaceFile(path: string, text: string, mode: number, disk: Disk = realDisk): void {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    disk.writeFileSync(beside, text, { mode, flag: "wx" });
    disk.renameSync(beside, path);
  } catch (error) {
    disk.rmSync(beside, { force: true });
    throw error;
  }
}
