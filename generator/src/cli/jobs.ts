import { statSync } from "node:fs";
import { resolve as resolvePath } from "node:path";
import { Worker } from "node:worker_threads";
import { type Job, produce, type Product } from "./produce.js";
import { messageOf } from "./terminal.js";

/**
 * Runs the jobs, up to `parallel` at once, in worker threads if `parallel` is more than one. `done` is called with each
 * product as soon as it is there. Calls of `done` never overlap.
 */
export async function runJobs(
  jobs: readonly Job[],
  parallel: number,
  done: (job: Job, product: Product) => Promise<void>,
): Promise<void> {
  let writing = Promise.resolve();
  const deliver = (job: Job, product: Product): Promise<void> => (writing = writing.then(() => done(job, product)));
  if (parallel === 1) {
    for (const job of jobs) await deliver(job, await produce(job));
    return;
  }
  // Largest model first: if it started last, it would run alone at the end.
  const queue = jobs.toSorted((left, right) => sizeOf(right) - sizeOf(left)).values();
  const threads: Worker[] = [];
  const runThread = async (): Promise<void> => {
    let thread: Worker | undefined;
    for (const job of queue) {
      if (!thread) threads.push((thread = new Worker(new URL("./worker.js", import.meta.url))));
      const product = await ask(thread, job);
      if (!product.alive) thread = undefined;
      await deliver(job, product);
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, runThread));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function sizeOf({ model, cwd }: Job): number {
  return statSync(resolvePath(cwd, model[0]), { throwIfNoEntry: false })?.size ?? 0;
}

/** The thread's result. If the thread dies of the job (out of memory, for example), only this job fails. */
function ask(thread: Worker, job: Job): Promise<Product & { readonly alive: boolean }> {
  return new Promise((resolve) => {
    const failed = (error: unknown): void =>
      settle({
        diagnostics: [
          {
            severity: "error",
            code: "generator-failed",
            message: `The generator failed. ${messageOf(error)}`,
            file: job.model[0],
          },
        ],
        output: undefined,
        alive: false,
      });
    const finished = (product: Product): void => settle({ ...product, alive: true });
    const settle = (product: Product & { readonly alive: boolean }): void => {
      thread.off("message", finished).off("error", failed);
      resolve(product);
    };
    thread.on("message", finished).on("error", failed);
    thread.postMessage(job, []);
  });
}
