import { createHash } from "node:crypto";
import { existsSync, type FSWatcher, readFileSync, statSync, watch } from "node:fs";
import { dirname } from "node:path";
import { unlessMissing } from "../write/disk.js";

/** Editors write a file in several steps. */
const settled = 40;
/** Some file systems report no changes. */
const poll = 1000;

/** Reports which files have changed contents. Watches folders, because editors replace files. */
export class FileWatcher {
  readonly #known: ReadonlyMap<string, State>;
  readonly #watchers: FSWatcher[] = [];

  /** @param files absolute paths; those that are not there yet are watched too */
  constructor(files: readonly string[]) {
    this.#known = new Map(files.map((file) => [file, stateOf(file)]));
    for (const folder of new Set(files.map((file) => dirname(file)))) {
      if (existsSync(folder)) this.#watchers.push(watch(folder, { persistent: true }));
    }
  }

  /** The files that differ from what they were when this was made; waits until one does. Rejects with the signal's reason. */
  changed(signal: AbortSignal): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      let pending: NodeJS.Timeout | undefined;
      const check = (): void => {
        pending = undefined;
        const changed = [...this.#known].filter(([file, state]) => isOther(file, state)).map(([file]) => file);
        if (changed.length > 0) end(() => resolve(changed));
      };
      const soon = (): void => void (pending ??= setTimeout(check, settled));
      const timer = setInterval(check, poll);
      const stop = (): void => end(() => reject(signal.reason as Error));
      const end = (settle: () => void): void => {
        clearInterval(timer);
        clearTimeout(pending);
        signal.removeEventListener("abort", stop);
        for (const watcher of this.#watchers) watcher.off("change", soon);
        settle();
      };
      signal.addEventListener("abort", stop);
      for (const watcher of this.#watchers) watcher.on("change", soon);
      if (signal.aborted) stop();
      else check();
    });
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
  }
}

interface State {
  readonly modified: number;
  readonly hash: string;
}

function stateOf(file: string): State {
  const modified = modifiedAt(file);
  const text = unlessMissing(() => readFileSync(file));
  return { modified, hash: text === undefined ? "" : createHash("sha256").update(text).digest("hex") };
}

function modifiedAt(file: string): number {
  return unlessMissing(() => statSync(file).mtimeMs) ?? 0;
}

function isOther(file: string, { modified, hash }: State): boolean {
  return modifiedAt(file) !== modified && stateOf(file).hash !== hash;
}
