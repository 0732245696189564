/**
 * The catalogue for the main thread: names, policies and guards of managers that are not ours, without their code, so
 * that scenarios can be checked against them. Threads that simulate open them with `openCatalogue`.
 */
import { Worker } from "node:worker_threads";
import { assert } from "../../base/assert.js";
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { startTimeoutMs } from "../../live/exec-model.js";
import type { ManagerModel } from "../../models/managers/define-manager.js";
import { type FullCatalogue, loadCatalogue } from "../catalogue.js";
import { callBeacon } from "./call-beacon.js";
import { childProcesses, endProcesses } from "./child-processes.js";
import type { Described, DescribeSetup, Description } from "./describe-thread.js";
import { type CatalogueRequest, labelsOf } from "./manager-option.js";

/** Modules are compiled and loaded: longer than one answer may take. */
const loadLimitMs = 10_000;

export async function describeCatalogue(
  request: CatalogueRequest,
): Promise<Result<FullCatalogue, readonly Issue[]>> {
  if (request.modules.length + request.managers.length === 0) return loadCatalogue([]);
  const described = await inThread(request);
  if (!described.ok) return described;
  // Loading it has ended once, so it may be loaded here for its guards and properties.
  const base = await loadCatalogue(request.modules);
  if (!base.ok) return base;
  const managers = [...base.value.managers, ...described.value.map(withoutCode)];
  return ok({ ...base.value, managers });
}

const withoutCode = (model: Described): ManagerModel => ({
  ...model,
  build: (policy, guards) => {
    const never = (): never => {
      assert(false, `${model.name} is asked in a thread that only knows its name`);
    };
    return { ...model, policy, guards, boot: never, read: never, step: never };
  },
});

function inThread(request: CatalogueRequest): Promise<Result<readonly Described[], readonly Issue[]>> {
  const registry = childProcesses();
  const setup: DescribeSetup = { request, watch: { beacon: callBeacon(), registry } };
  const processes = request.managers.filter(({ source }) => source.kind === "exec").length;
  // Processes have a limit of their own, which tells more.
  const limitMs = loadLimitMs + 2 * processes * Math.max(startTimeoutMs, request.timeoutMs);
  const issue = (code: string, message: string): Result<readonly Described[], readonly Issue[]> =>
    err([{ code, severity: "error", file: labelsOf(request).join(" "), message }]);
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./describe-thread.js", import.meta.url), {
      workerData: setup,
      stdout: true,
    });
    // What a module prints while it is loaded must not get into machine output.
    thread.stdout.on("data", (data: Buffer) => process.stderr.write(data));
    const finish = (result: Result<readonly Described[], readonly Issue[]>): void => {
      clearTimeout(timer);
      resolve(result);
      void thread.terminate().then(() => endProcesses(registry));
    };
    const timer = setTimeout(
      () => finish(issue("never-returns", `loading it did not end within ${limitMs} ms`)),
      limitMs,
    );
    thread.on("message", (description: Description) => {
      if ("models" in description) finish(ok(description.models));
      else if ("issues" in description) finish(err(description.issues));
      else {
        clearTimeout(timer);
        void thread.terminate().then(() => endProcesses(registry));
        reject(Object.assign(new Error(description.bug), { stack: description.stack }));
      }
    });
    // A bug of ours would have come as a message; what comes here is out of a module's own timers or memory.
    thread.on("error", (error) => finish(issue("module", `it ended its thread: ${error.message}`)));
    thread.on("exit", (code) => finish(issue("module", `it ended its thread with exit code ${code}`)));
  });
}
