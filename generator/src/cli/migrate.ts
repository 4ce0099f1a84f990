import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, extname, relative, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { replaceFile } from "../migrate/files.js";
import { migrate, type Migrated, type Target } from "../migrate/migrate.js";
import { dependencies, namedPackage, type ServicePackage } from "../migrate/packages.js";
import { extensions } from "../migrate/source.js";
import { type Invocation, UsageError } from "./invocation.js";
import { interruptible } from "./interrupt.js";
import { count, type CliIo, messageOf, type Terminal } from "./terminal.js";

interface Settings {
  readonly files: readonly string[];
  /** Package names by service. Empty: search the dependencies of the project. */
  readonly named: readonly (readonly [service: string, name: string])[];
  readonly target: Target;
  readonly write: boolean;
  readonly cwd: string;
  /** By folder, because one run may include files of several projects. */
  readonly known: Map<string, readonly ServicePackage[]>;
}

interface Counts {
  changed: number;
  unchanged: number;
  left: number;
  failed: number;
}

/** Runs `clientsmith migrate`. Returns the exit code. */
export async function runMigrate(invocation: Invocation, io: CliIo, terminal: Terminal): Promise<number> {
  const settings = readSettings(invocation, io);
  const counts: Counts = { changed: 0, unchanged: 0, left: 0, failed: 0 };
  await interruptible(async (signal) => {
    for (const path of settings.files) {
      signal.throwIfAborted();
      migrateFile(path, settings, counts, terminal);
      // Signals are only delivered between turns of the event loop.
      await setImmediate();
      await setImmediate();
    }
  });
  terminal.result(summary(settings, counts));
  return counts.failed > 0 ? 1 : 0;
}

function readSettings({ models: files, value, values, has }: Invocation, { cwd }: CliIo): Settings {
  if (files.length === 0) throw new UsageError("migrate requires files: clientsmith migrate FILES...");
  const target = value("to") ?? "classic";
  if (target !== "classic" && target !== "functions") {
    throw new UsageError(`--to must be classic or functions, not ${target}.`);
  }
  const named = values("package").map((given) => {
    const [, service, name] = /^([A-Za-z0-9]+)=((?:@[\w.~-]+\/)?[\w.~-]+)$/.exec(given) ?? [];
    if (service === undefined || name === undefined) {
      throw new UsageError(`--package requires SERVICE=NAME, such as cloudtrail=@clientsmith/cloudtrail.`);
    }
    return [service.toLowerCase(), name] as const;
  });
  const twice = named.find(([service], index) => named.findIndex(([other]) => other === service) < index);
  if (twice) throw new UsageError(`--package ${twice[0]} is repeated; a service has one package.`);
  const paths = [...new Set(files.map((file) => resolve(cwd, file)))];
  return { files: paths, named, target, write: has("write"), cwd, known: new Map() };
}

function migrateFile(path: string, settings: Settings, counts: Counts, terminal: Terminal): void {
  const shown = relative(settings.cwd, path);
  try {
    const { real, bytes, mode } = read(path);
    const migrated = migrate(real, bytes, packagesFor(dirname(real), settings), settings.target);
    const { before, after, notes } = migrated;
    for (const { line, reason, section, isComment } of notes) {
      const prefix = isComment ? "left unchanged: " : "";
      terminal.error(`${shown}:${line}: ${prefix}${reason}. See "${section}" in docs/migrating.md`);
    }
    counts.left += notes.length;
    if (before === after) counts.unchanged += 1;
    else {
      terminal.result(patch(shown, migrated));
      if (settings.write) {
        if (!readFileSync(real).equals(bytes))
          throw new Error("the file changed while it was migrated; run the command again");
        replaceFile(real, after, mode);
      }
      counts.changed += 1;
    }
  } catch (error) {
    counts.failed += 1;
    terminal.error(`${shown}: ${messageOf(error)}`);
  }
}

function read(path: string): { readonly real: string; readonly bytes: Buffer; readonly mode: number } {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new Error("no such file");
  if (stats.isDirectory()) throw new Error("this is a folder; list the files in it");
  if (!extensions.includes(extname(path))) {
    throw new Error(`this is not a JavaScript or TypeScript file; supported extensions are ${extensions.join(", ")}`);
  }
  const real = realpathSync(path);
  return { real, bytes: readFileSync(real), mode: stats.mode };
}

function packagesFor(folder: string, { named, known }: Settings): readonly ServicePackage[] {
  const packages =
    known.get(folder) ??
    (named.length > 0 ? named.map(([service, name]) => namedPackage(service, name, folder)) : dependencies(folder));
  known.set(folder, packages);
  if (packages.length === 0) {
    throw new Error(
      "no generated package is installed among the project's dependencies; name one with --package SERVICE=NAME",
    );
  }
  return packages;
}

function patch(path: string, { before, after }: Migrated): string {
  const name = path.replaceAll("\\", "/");
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "", {
    headerOptions: FILE_HEADERS_ONLY,
  }).replace(/\n$/, "");
}

function summary({ write }: Settings, { changed, unchanged, left, failed }: Counts): string {
  const to = write ? "" : "to be ";
  const parts = [`${count(changed, "file")} ${to}changed`, `${unchanged} unchanged`];
  if (left > 0) parts.push(`${count(left, "location")} left unchanged`);
  if (failed > 0) parts.push(`${failed} failed`);
  const advice = !write && changed > 0 ? ": nothing is written without --write" : "";
  return `${parts.join(", ")}${advice}`;
}
