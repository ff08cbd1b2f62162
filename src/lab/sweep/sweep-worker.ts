/** A thread that runs the shares of a grid that it is sent. */
import { parentPort, workerData } from "node:worker_threads";
import { runShare, type SweepShare, type SweepTask } from "./sweep-job.js";

const task = workerData as SweepTask;
parentPort?.on("message", (share: SweepShare) => {
  parentPort?.postMessage(runShare(task, share));
});
