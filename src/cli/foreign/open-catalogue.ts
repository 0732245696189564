/** The catalogue with managers that are not ours, ready to be asked: for the thread that simulates. */
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { contain } from "../../live/contain.js";
import { type ExecModel, openExecModel } from "../../live/exec-model.js";
import { ManagerFault } from "../../live/fault.js";
import type { ManagerModel } from "../../models/managers/define-manager.js";
import { type FullCatalogue, loadCatalogue } from "../catalogue.js";
import { version } from "../version.js";
import { signalCalls } from "./call-beacon.js";
import { openChildChannel } from "./child-channel.js";
import { loadManagerModule } from "./load-module.js";
import { type CatalogueRequest, labelsOf, type ManagerSource } from "./manager-option.js";

/** Memory that the main thread shares with the threads that ask managers. */
export interface SharedWatch {
  readonly beacon: SharedArrayBuffer;
  readonly registry: SharedArrayBuffer;
}

export interface OpenCatalogue {
  readonly catalogue: FullCatalogue;
  /** After a run: asks a sample of what was asked again, in another order. Throws a ManagerFault. */
  verify(): void;
  /** Ends the processes of managers. */
  close(): void;
}

export async function openCatalogue(
  request: CatalogueRequest,
  watch: SharedWatch,
): Promise<Result<OpenCatalogue, readonly Issue[]>> {
  const labels = labelsOf(request);
  const verifications: (() => void)[] = [];
  const closings: (() => void)[] = [];
  const holdModule = (model: ManagerModel, label: string): ManagerModel => {
    const calls = signalCalls(watch.beacon, labels.indexOf(label) + 1);
    const contained = contain(model, { label, twice: true, calls });
    verifications.push(() => contained.verify(model));
    return contained.model;
  };
  const openExec = (source: Extract<ManagerSource, { kind: "exec" }>): ExecModel =>
    openExecModel({
      label: source.label,
      timeoutMs: request.timeoutMs,
      fleetquake: version,
      open: () => openChildChannel(source.command, watch.registry),
    });
  const holdExec = (source: Extract<ManagerSource, { kind: "exec" }>): ManagerModel => {
    const exec = openExec(source);
    closings.push(() => exec.close());
    const contained = contain(exec.model, { label: source.label, twice: false });
    verifications.push(() => {
      const fresh = openExec(source);
      try {
        contained.verify(fresh.model);
      } finally {
        fresh.close();
        exec.nextRun();
      }
    });
    return contained.model;
  };
  const close = (): void => {
    for (const end of closings) end();
  };
  const base = await loadCatalogue(request.modules, holdModule);
  if (!base.ok) return base;
  const managers = [...base.value.managers];
  const issues: Issue[] = [];
  for (const { source } of request.managers) {
    try {
      const model =
        source.kind === "exec"
          ? holdExec(source)
          : holdModule(await loadManagerModule(source.path, source.label), source.label);
      managers.push({ ...model, name: source.label });
    } catch (error) {
      if (!(error instanceof ManagerFault)) throw error;
      issues.push(...error.issues);
    }
  }
  if (issues.length > 0) {
    close();
    return err(issues);
  }
  const verify = (): void => {
    for (const check of verifications) check();
  };
  return ok({ catalogue: { ...base.value, managers }, verify, close });
}
