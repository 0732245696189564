/**
 * People: they are alarmed, find out, decide, put the configuration right or freeze it, bring the manager back by
 * hand and then the services, bottom-up within each region group, with as many crews as there are.
 */

import type { Distribution } from "../base/distribution.js";
import { type Luck, nameKey, purpose } from "../base/keyed-random.js";
import { compileDistribution } from "../base/quantile.js";
import { shedLoadPrior } from "../models/people/spec.js";
import type { Run } from "../scenario/run.js";
import type { Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import { acquire, type Process, type ProcessBody, type Processes, wait } from "../sim/process.js";
import { Resource } from "../sim/resource.js";
import { Signal } from "../sim/signal.js";
import type { Phase } from "../trace/trace.js";
import type { Configuration } from "./configuration.js";
import type { DeployWork } from "./deploy-work.js";
import type { Load } from "./load.js";
import type { Managers } from "./managers.js";
import { type RecoveryJob, recoveryJobs } from "./recovery-jobs.js";
import type { ServiceLevels } from "./service-levels.js";
import type { Emitter } from "./sink.js";
import { phase, type World } from "./world.js";

const incidentKey = nameKey("incident");
/** How often people ask themselves whether anything still moves. */
const stuckCheckMs = 15 * 60_000;
/** And whether what has collapsed still is. */
const overloadCheckMs = 60_000;

interface OpenJob extends RecoveryJob {
  /** Instances that lack something they need to start. */
  unready: number;
  open: number;
  state: "waiting" | "working" | "done";
  readonly ready: Signal;
  readonly finished: Signal;
}

export class Response {
  /** Services that should exist, by index. */
  readonly wanted: Uint8Array;
  missing = 0;
  /** An incident is being handled. */
  active = false;
  private incident = 0;
  private decided = false;
  private relapsed = false;
  private readonly alarm: Signal;
  private readonly attention: Signal;
  private crews: Resource;
  private jobs: OpenJob[] = [];
  /** Of `jobs`: those that are not done. */
  private unfinished = 0;
  private processes: Process[] = [];
  private readonly jobOf: Int32Array;
  private lastPhase = -1;
  private lastDown = -1;
  private progress = 0;
  private progressSeen = -1;
  private toldStuck = false;
  private readonly onStuckCheck: number;

  constructor(
    private readonly run: Run,
    private readonly world: World,
    private readonly kernel: Kernel,
    private readonly scheduler: Processes,
    private readonly luck: Luck,
    private readonly emitter: Emitter,
    private readonly configuration: Configuration,
    private readonly managers: Managers,
    private readonly deploys: DeployWork,
    private readonly levels: ServiceLevels,
    private readonly load: Load | null,
  ) {
    if (load !== null) load.changed = () => this.attention.fire();
    this.wanted = new Uint8Array(run.fleet.services.length);
    this.jobOf = new Int32Array(run.fleet.instanceCount);
    this.alarm = new Signal(scheduler);
    this.attention = new Signal(scheduler);
    this.crews = new Resource(scheduler, run.spec.response.crews);
    this.onStuckCheck = kernel.register(() => this.checkStuck());
  }

  reset(): void {
    for (let s = 0; s < this.wanted.length; s++) this.wanted[s] = this.run.absentAtStart.has(s) ? 0 : 1;
    this.missing = 0;
    this.active = false;
    this.incident = 0;
    this.decided = false;
    this.relapsed = false;
    this.jobs = [];
    this.processes = [];
    this.jobOf.fill(-1);
    this.lastPhase = -1;
    this.lastDown = -1;
    this.progress = 0;
    this.progressSeen = -1;
    this.toldStuck = false;
    this.alarm.reset();
    this.attention.reset();
    this.crews = new Resource(this.scheduler, this.run.spec.response.crews);
  }

  start(): void {
    this.scheduler.spawn(this.respond(), priority.people);
  }

  // ---- being told ----------------------------------------------------------------------------------------------

  setWanted(service: number, wanted: boolean): void {
    const { fleet } = this.run;
    if ((this.wanted[service] === 1) === wanted) return;
    this.wanted[service] = wanted ? 1 : 0;
    for (let i = fleet.firstInstance[service]!; i < fleet.firstInstance[service + 1]!; i++) {
      if (this.world.phase[i] !== phase.running) this.missing += wanted ? 1 : -1;
    }
  }

  phaseChanged(instance: number, running: boolean): void {
    const service = this.run.fleet.serviceOf[instance]!;
    if (this.wanted[service] === 0) return;
    this.missing += running ? -1 : 1;
    if (!running) this.lastDown = this.world.lastEvent[instance]!;
    this.progress++;
    if (running && this.missing === 0) this.attention.fire();
    if (!running && this.decided && this.world.phase[instance] === phase.absent) {
      this.relapsed = true;
      this.attention.fire();
    }
  }

  startableChanged(instance: number, startable: boolean): void {
    const job = this.jobs[this.jobOf[instance]!];
    if (job === undefined || job.state !== "waiting") return;
    job.unready += startable ? -1 : 1;
    this.callWhenReady(job);
  }

  /** A manager came or went: jobs that need it may start now. */
  managerChanged(): void {
    for (const job of this.jobs) this.callWhenReady(job);
    this.settled();
  }

  settled(): void {
    if (!this.active && (this.levels.alarming() || this.managerGone() !== -1)) this.alarm.fire();
  }

  private managerGone(): number {
    return this.managers.hosts.findIndex(
      (host) =>
        !host.alive && host.instance >= 0 && this.wanted[this.run.fleet.serviceOf[host.instance]!] === 1,
    );
  }

  // ---- the incident --------------------------------------------------------------------------------------------

  private *respond(): ProcessBody {
    for (;;) {
      if (!this.levels.alarming() && this.managerGone() === -1) yield wait(this.alarm);
      this.active = true;
      this.relapsed = false;
      this.decided = false;
      this.tell("alert", this.alertText(), this.lastDown);
      yield* this.understand();
      this.decided = true;
      yield* this.secureConfiguration();
      yield* this.recover();
      if (!this.relapsed) yield* this.finish();
      this.incident++;
      this.active = false;
    }
  }

  private alertText(): string {
    const down = this.run.spec.fleet.capabilities.filter((_, index) => this.levels.downRegions[index]! > 0);
    if (down.length > 0) return `alarm: ${down.map((capability) => capability.name).join(", ")} down`;
    const host = this.managers.hosts[this.managerGone()];
    return host === undefined ? "services are down" : `alarm: the manager ${host.name} is gone`;
  }

  private *understand(): ProcessBody {
    const { response } = this.run.spec;
    yield this.takes("detect", response.detect);
    this.tell("detected", "somebody is alerted");
    yield this.takes("acknowledge", response.acknowledge);
    this.tell("acknowledged", "people are at it");
    yield this.takes("diagnose", response.diagnose);
    this.tell("diagnosed", "the cause is known");
    yield this.takes("decide", response.decide);
    this.tell("decided", "it is decided what to do");
  }

  /** Before the manager comes back: a level-triggered one would read the same error again. */
  private *secureConfiguration(): ProcessBody {
    const { configuration } = this.run.spec.response;
    if (configuration === "freeze") {
      this.tell("configuration-frozen", "the managers are paused until the services are back");
      this.managers.setPaused(true, this.lastPhase);
    } else if (configuration === "repair") {
      yield* this.repair();
    }
  }

  private *repair(): ProcessBody {
    const { response } = this.run.spec;
    const { source } = this.configuration;
    if (source === null) return;
    const { repaired, documents } = source;
    const wrong =
      repaired.length !== documents.length || repaired.some((doc, k) => doc.text !== documents[k]!.text);
    if (!wrong) return;
    yield this.takes("repairConfiguration", response.repairConfiguration);
    this.tell("configuration-repaired", "the configuration says again what was meant");
    this.configuration.replace(repaired, -1, this.lastPhase);
    this.managers.configurationChanged(null);
  }

  private *finish(): ProcessBody {
    this.tell("recovered", "every service that should be there is running");
    if (this.run.spec.response.configuration === "freeze") {
      yield* this.repair();
      this.managers.setPaused(false, this.lastPhase);
    }
    this.tell("closed", "the incident is closed");
    this.managers.rollouts.resume();
  }

  // ---- the work ------------------------------------------------------------------------------------------------

  private *recover(): ProcessBody {
    this.toldStuck = false;
    this.kernel.scheduleIn(stuckCheckMs, priority.collectors, this.onStuckCheck, 0);
    do {
      yield* this.startMissing();
      yield* this.calmLoad();
    } while (this.load !== null && this.missing > 0 && !this.relapsed);
    this.closeJobs();
  }

  private *startMissing(): ProcessBody {
    while (this.missing > 0 && !this.relapsed) {
      this.openJobs();
      while (this.missing > 0 && !this.relapsed && this.unfinished > 0) {
        yield wait(this.attention);
      }
      // What managers or the platform still have in hand comes back without a job.
      if (this.missing > 0 && !this.relapsed && this.nothingToOpen()) yield wait(this.attention);
    }
  }

  /** Everything runs: people stay until those who waited have come back, and turn load away where a service collapses. */
  private *calmLoad(): ProcessBody {
    const { load } = this;
    if (load === null) return;
    while (load.unsettled && this.missing === 0 && !this.relapsed) {
      if (!load.hasCollapsed) {
        yield wait(this.attention);
        continue;
      }
      const readyMs =
        this.kernel.now + this.takes("shed load", this.run.spec.response.shedLoad ?? shedLoadPrior);
      // They leave it when it is over by itself.
      while (load.hasCollapsed && this.kernel.now < readyMs)
        yield Math.min(overloadCheckMs, readyMs - this.kernel.now);
      if (!load.hasCollapsed) continue;
      this.tell("load-shed", "people turn away what is too much for the services that have collapsed");
      load.shed(this.lastPhase);
    }
  }

  private skips(service: number): boolean {
    const manager = this.managers.ownerOf[service]!;
    return manager >= 0 && this.run.runsManager[service]! < 0 && this.managers.repairsByItself(manager);
  }

  private nothingToOpen(): boolean {
    return recoveryJobs(this.run, this.world, this.wanted, (service) => this.skips(service)).length === 0;
  }

  private openJobs(): void {
    this.closeJobs();
    const jobs = recoveryJobs(this.run, this.world, this.wanted, (service) => this.skips(service));
    const { unmetToStart } = this.world;
    this.jobs = jobs.map(({ service, group, instances, rank }, index): OpenJob => {
      let unready = 0;
      for (const instance of instances) {
        this.jobOf[instance] = index;
        if (unmetToStart[instance]! > 0) unready++;
      }
      const ready = new Signal(this.scheduler);
      const finished = new Signal(this.scheduler);
      return { service, group, instances, rank, unready, open: 0, state: "waiting", ready, finished };
    });
    this.unfinished = jobs.length;
    this.processes = this.jobs.map((job) => this.scheduler.spawn(this.work(job), priority.people));
  }

  private closeJobs(): void {
    for (let index = 0; index < this.jobs.length; index++) {
      const job = this.jobs[index]!;
      if (job.state === "waiting") this.scheduler.kill(this.processes[index]!);
      for (const instance of job.instances) this.jobOf[instance] = -1;
    }
    this.jobs = [];
    this.processes = [];
  }

  /** People can start it: by hand, because people deploy this manager, or because its manager is there to do it. */
  private deployable(service: number): boolean {
    const { fleet, managers, runsManager } = this.run;
    if (fleet.services[service]!.byHand) return true;
    const runs = runsManager[service]!;
    if (runs >= 0 && managers[runs]!.spec.deployedBy === "people") return true;
    const manager = this.managers.ownerOf[service]!;
    return manager < 0 || this.managers.isAlive(manager);
  }

  private isReady(job: OpenJob): boolean {
    return job.unready === 0 && this.deployable(job.service);
  }

  private callWhenReady(job: OpenJob): void {
    if (job.state === "waiting" && this.isReady(job)) job.ready.fire();
  }

  private *work(job: OpenJob): ProcessBody {
    for (;;) {
      while (!this.isReady(job)) yield wait(job.ready);
      yield acquire(this.crews, job.rank);
      if (this.isReady(job)) break;
      this.crews.release();
    }
    job.state = "working";
    this.progress++;
    const started = this.tellWork(job, "start", this.lastPhase);
    this.startInstances(job, started);
    while (job.open > 0) yield wait(job.finished);
    this.tellWork(job, "end", started);
    job.state = "done";
    // Work that a relapse left behind ends when it ends, and is none of the jobs that were opened since.
    if (this.jobs.includes(job)) this.unfinished--;
    this.progress++;
    this.crews.release();
    this.attention.fire();
  }

  private startInstances(job: OpenJob, because: number): void {
    const runs = this.run.runsManager[job.service]!;
    const override = runs >= 0 ? this.run.spec.response.redeployManager : null;
    if (runs >= 0)
      this.tell("manager-redeploying", `${this.run.managers[runs]!.spec.name} is deployed by hand`);
    const order = {
      owner: this.managers.ownerOf[job.service]!,
      by: -1,
      hand: true,
      because,
      ...(override === null ? {} : { takesMs: this.takes("redeployManager", override) }),
      finished: () => {
        if (--job.open === 0) job.finished.fire();
      },
    };
    for (const instance of job.instances) {
      job.open++;
      if (!this.deploys.order(instance, order)) job.open--;
    }
  }

  /** Called when a manager is up again, by whoever brought it back. */
  managerUp(name: string): void {
    if (this.active && this.managerGone() === -1) this.tell("manager-up", `${name} is back`);
  }

  private checkStuck(): void {
    if (!this.active || this.missing === 0) return;
    const still = this.progress === this.progressSeen && this.deploys.underWay === 0;
    if (
      still &&
      this.jobs.length > 0 &&
      !this.toldStuck &&
      !this.jobs.some((job) => job.state === "working")
    ) {
      this.toldStuck = true;
      const names = [
        ...new Set(this.jobs.filter((job) => job.state === "waiting").map((job) => job.service)),
      ];
      const missing = names.map((service) => this.run.fleet.serviceNames[service]!);
      const text = `nothing can be started: ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? " and others" : ""} wait for each other or for a manager that is not there`;
      this.emitter.event({ e: "stuck", missing, text }, [this.lastPhase]);
    }
    this.progressSeen = this.progress;
    this.kernel.scheduleIn(stuckCheckMs, priority.collectors, this.onStuckCheck, 0);
  }

  // ---- telling -------------------------------------------------------------------------------------------------

  private takes(what: string, law: Distribution): number {
    const uniform = this.luck.uniform(incidentKey.hi, incidentKey.lo, purpose(what), this.incident);
    return Math.round(compileDistribution(law)(uniform));
  }

  private tell(name: Phase, text: string, because = this.lastPhase): void {
    this.lastPhase = this.emitter.event({ e: "phase", phase: name, text }, [because]);
  }

  private tellWork(job: OpenJob, state: "start" | "end", because: number): number {
    const { fleet } = this.run;
    return this.emitter.event(
      {
        e: "work",
        service: fleet.serviceNames[job.service]!,
        group: job.group < 0 ? "global" : fleet.groupNames[job.group]!,
        places: job.instances.map((instance) => fleet.placeName(instance)),
        crew: this.crews.inUse,
        state,
      },
      [because],
    );
  }
}
