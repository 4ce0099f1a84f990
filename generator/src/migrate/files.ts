import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { type Disk, realDisk } from "../write/disk.js";

/**
 * Replaces the content of a file atomically: even after a failure, the file has the old or the new content.
 *
 * @param mode permissions of the file, which are kept
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
