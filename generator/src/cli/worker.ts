import { parentPort } from "node:worker_threads";
import { type Job, produce } from "./produce.js";

// Posts one result for each job, in the order of the jobs.
parentPort?.on("message", (job: Job) => {
  void produce(job).then((product) => parentPort?.postMessage(product, []));
});
