import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { configNames, findConfig } from "../config/load-config.js";
import { companionNames } from "../model/index.js";
import type { ClientJob } from "./client-jobs.js";
import { FileWatcher } from "./file-watcher.js";
import { interruptible } from "./interrupt.js";
import { modelFiles } from "./model-files.js";
import { count, type CliIo, type Terminal } from "./terminal.js";

/** What is watched: the clients that the command line and the config file name at that moment. */
export interface Watched {
  /** Undefined if the config file cannot be used; its problems were printed. */
  readonly readJobs: () => Promise<readonly ClientJob[] | undefined>;
  readonly generate: (jobs: readonly ClientJob[]) => Promise<unknown>;
}

/**
 * Generates, and again whatever a change of a model, an overlay, a plug-in or the config file concerns, until it is
 * interrupted. Problems are printed and leave the files of the last good generation.
 *
 * @throws InterruptedError, once nothing is half-way
 */
export function watchClients({ readJobs, generate }: Watched, { cwd }: CliIo, terminal: Terminal): Promise<never> {
  return interruptible(async (signal) => {
    let jobs = await readJobs();
    let concerned = jobs;
    for (;;) {
      // Made before the generation, so that a change meanwhile is seen.
      const watcher = new FileWatcher([...configFiles(cwd), ...(jobs ?? []).flatMap(filesOf)]);
      try {
        if (concerned && concerned.length > 0) await generate(concerned);
        terminal.result(`Watching ${count(jobs?.length ?? 0, "client")}; Ctrl-C ends.`);
        const changed = await watcher.changed(signal);
        const isReconfigured = configFiles(cwd).some((file) => changed.includes(file));
        if (isReconfigured) jobs = (await readJobs()) ?? jobs;
        concerned = isReconfigured ? jobs : jobs?.filter((job) => filesOf(job).some((file) => changed.includes(file)));
      } finally {
        watcher.close();
      }
    }
  });
}

function configFiles(cwd: string): string[] {
  const found = findConfig(cwd);
  return found === undefined ? configNames.map((name) => resolve(cwd, name)) : [found];
}

/** Every file that a client is generated from. Of a plug-in it is the module that is named, not what that imports. */
function filesOf({ model, overlays, plugins, cwd }: ClientJob): string[] {
  const modules = plugins.filter((name) => existsSync(resolve(cwd, name)));
  const { files } = modelFiles(model, cwd);
  return [...model, ...files, ...files.flatMap(companionNames), ...overlays, ...modules].map((name) =>
    resolve(cwd, name),
  );
}
