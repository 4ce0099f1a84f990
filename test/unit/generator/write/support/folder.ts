import fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Disk } from "#generator/write/disk.js";
import type { WriteOptions } from "#generator/write/write.js";

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "clientsmith-write-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const facts = { version: "1.2.3", model: { hash: "h1", service: "a#S" } } satisfies WriteOptions;

export function filesOf(record: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(record));
}

/** Every file by its path, with its text. */
export function contents(folder: string): Record<string, string> {
  return Object.fromEntries(paths(folder).map((path) => [path, fs.readFileSync(join(folder, path), "utf8")]));
}

/** Every file by its path, with what changes when it is written or replaced. */
export function stamps(folder: string): Record<string, string> {
  return Object.fromEntries(
    paths(folder).map((path) => {
      const { mtimeNs, ino } = fs.statSync(join(folder, path), { bigint: true });
      return [path, `${mtimeNs} ${ino}`];
    }),
  );
}

function paths(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => fs.lstatSync(join(folder, path)).isFile())
    .toSorted();
}

export function put(folder: string, path: string, text: string): void {
  fs.mkdirSync(dirname(join(folder, path)), { recursive: true });
  fs.writeFileSync(join(folder, path), text);
}

/** A disk whose steps, counted from 0, can be made to fail. */
export function failingDisk(fails: (step: number) => boolean): { readonly disk: Disk; readonly steps: () => number } {
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (fails(steps - 1)) throw Object.assign(new Error("EIO: injected"), { code: "EIO" });
  };
  const disk: Disk = new Proxy(fs, {
    get: (target, name, receiver): unknown => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        step();
        return Reflect.apply(value, target, args);
      };
    },
  });
  return { disk, steps: () => steps };
}
