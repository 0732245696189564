/** One run: everything wired to one kernel. `createSimulator` keeps its arrays, so that replications cost no building. */
import { assert } from "../base/assert.js";
import { Luck, purpose } from "../base/keyed-random.js";
import { hasCapacity } from "../models/demand/fleet-load.js";
import type { Run, Script } from "../scenario/run.js";
import type { EventQueue } from "../sim/event-queue.js";
import { Kernel, priority } from "../sim/kernel.js";
import { Processes } from "../sim/process.js";
import { MeasureFold } from "../trace/measure-fold.js";
import type { Measures } from "../trace/measures.js";
import type { EndVerdict } from "../trace/trace.js";
import { Approvals } from "./approvals.js";
import { Configuration } from "./configuration.js";
import { DeployWork } from "./deploy-work.js";
import { Faults } from "./faults.js";
import { Load } from "./load.js";
import { Managers } from "./managers.js";
import { Response } from "./response.js";
import { ServiceLevels } from "./service-levels.js";
import { Emitter, type RunSink } from "./sink.js";
import { Verification } from "./verification.js";
import { World } from "./world.js";

export interface SimulateOptions {
  /** Other queues give the same run; tests compare them. */
  readonly queue?: () => EventQueue;
  /** Asked now and then; true ends the run as "interrupted" (the cli's wall limit). */
  readonly interrupt?: () => boolean;
}

export interface Simulator {
  /** Runs once. The same run, seed and replication give the same events, whatever ran before. */
  run(seed: number, replication?: number, sinks?: readonly RunSink[]): Measures;
  /**
   * The same fleet and managers under another script, without measures: `sinks` see everything. `untilMs` ends it before
   * the horizon; what happens until then does not depend on it.
   */
  play(
    script: Script,
    seed: number,
    replication: number,
    sinks: readonly RunSink[],
    untilMs?: number,
  ): EndVerdict;
}

/** Simulates one run. `sinks` are told every event; the measures are folded from the same telling. */
export function simulate(
  run: Run,
  seed: number,
  sinks: readonly RunSink[] = [],
  options: SimulateOptions = {},
): Measures {
  return createSimulator(run, options).run(seed, 0, sinks);
}

export function createSimulator(run: Run, options: SimulateOptions = {}): Simulator {
  return new Simulation(run, options);
}

class Simulation implements Simulator {
  private readonly kernel: Kernel;
  private readonly processes: Processes;
  private readonly luck = new Luck(1, 0);
  private readonly emitter: Emitter;
  private readonly world: World;
  private readonly deploys: DeployWork;
  private readonly configuration: Configuration;
  private readonly approvals: Approvals;
  private readonly managers: Managers;
  private readonly levels: ServiceLevels;
  /** Null: no service has a capacity. */
  private readonly load: Load | null;
  private readonly response: Response;
  private readonly verification: Verification;
  private readonly faults: Faults;
  private readonly fold: MeasureFold;
  private readonly onChange: number;
  private script: Script;

  constructor(
    private readonly spec: Run,
    private readonly options: SimulateOptions,
  ) {
    const run = spec;
    this.script = run;
    this.kernel = options.queue === undefined ? new Kernel() : new Kernel(options.queue());
    this.emitter = new Emitter(this.kernel);
    this.processes = new Processes(this.kernel);
    this.world = new World(run, this.kernel, this.emitter);
    this.deploys = new DeployWork(run, this.world, this.kernel, this.luck);
    this.configuration = new Configuration(run);
    this.approvals = new Approvals(run, this.kernel, this.luck, this.emitter);
    this.managers = new Managers(
      run,
      this.world,
      this.kernel,
      this.emitter,
      this.configuration,
      this.approvals,
      this.deploys,
    );
    this.levels = new ServiceLevels(run);
    this.load = hasCapacity(run.fleet) ? new Load(run, this.world, this.kernel, this.emitter) : null;
    this.response = new Response(
      run,
      this.world,
      this.kernel,
      this.processes,
      this.luck,
      this.emitter,
      this.configuration,
      this.managers,
      this.deploys,
      this.levels,
      this.load,
    );
    this.verification = new Verification(run, this.kernel, this.luck, this.emitter, this.levels);
    this.faults = new Faults(run, this.world, this.kernel, this.emitter, this.configuration, this.managers);
    this.fold = new MeasureFold(run.fleet, run.spec);
    this.onChange = this.kernel.register((index) => this.change(index));
    this.wire();
  }

  /** Who is told what. All of them only take note; work is scheduled, never done inside somebody else's change. */
  private wire(): void {
    this.world.listener = {
      phaseChanged: (instance, running) => {
        this.managers.phaseChanged(instance, running);
        this.response.phaseChanged(instance, running);
      },
      startableChanged: (instance, startable) => {
        this.deploys.startableChanged(instance, startable);
        this.response.startableChanged(instance, startable);
      },
      servingChanged: (instance) => this.managers.servingChanged(instance),
      qualityChanged: (capability, region, success) => this.levels.changed(capability, region, success),
      settled: () => this.response.settled(),
    };
    this.managers.aliveChanged = (name, alive) => {
      if (alive) this.response.managerUp(name);
      this.response.managerChanged();
    };
    this.managers.rollouts.groupInTrouble = (group) => this.levels.groupDown(group);
    this.managers.rollouts.rollBack = () => this.rollBack();
    this.levels.groupChanged = (capability, group, fine) => {
      this.managers.rollouts.healthChanged(group, fine);
      this.verification.groupChanged(capability, group, fine);
    };
    this.verification.incidentActive = () => this.response.active;
    this.approvals.decided = () => {
      for (const host of this.managers.hosts) this.managers.poke(host, "wake");
    };
  }

  run(seed: number, replication = 0, sinks: readonly RunSink[] = []): Measures {
    this.fold.reset();
    this.play(this.spec, seed, replication, [this.fold, ...sinks]);
    return this.fold.result();
  }

  play(
    script: Script,
    seed: number,
    replication: number,
    sinks: readonly RunSink[],
    untilMs = this.spec.spec.horizonMs,
  ): EndVerdict {
    const { limits } = this.spec.spec;
    const horizonMs = Math.min(untilMs, this.spec.spec.horizonMs);
    this.script = script;
    this.kernel.reset();
    this.processes.reset();
    this.luck.reset(seed, replication, script.pinned.map(purpose));
    this.emitter.reset(sinks);
    // Before the world, which works out the quality at the start.
    this.load?.reset();
    this.world.reset();
    this.deploys.reset();
    this.configuration.reset(script);
    this.approvals.reset(script.approveAll);
    this.levels.reset();
    this.managers.reset(script);
    this.response.reset();
    this.verification.reset();
    this.faults.reset(script.faults);
    script.changes.forEach((change, index) => {
      this.kernel.schedule(change.atMs, priority.world, this.onChange, index);
    });
    this.faults.start();
    this.load?.start();
    this.managers.start();
    this.response.start();
    const { interrupt } = this.options;
    const ended = this.kernel.run({
      untilMs: horizonMs,
      eventsMax: limits.events,
      ...(interrupt === undefined ? {} : { interrupt }),
    });
    const verdict: EndVerdict = ended === "empty" ? "quiet" : ended === "time-limit" ? "horizon" : ended;
    if (verdict === "quiet") this.kernel.now = horizonMs;
    this.emitter.event({ e: "end", verdict, events: this.kernel.eventsHandled }, []);
    return verdict;
  }

  private change(index: number): void {
    const change = this.script.changes[index]!;
    const { ticket, version, touched } = change;
    const event = this.emitter.event(
      {
        e: "change",
        author: change.spec.author,
        text: change.text,
        tickets: ticket.removes.length > 0 ? [ticket.id] : [],
        version,
        documents: touched,
        ...(change.spec.scope === null ? {} : { scope: change.spec.scope }),
      },
      [],
    );
    let last = event;
    for (const defect of change.defects) last = this.emitter.event({ e: "defect", ...defect }, [event]);
    this.configuration.replace(change.documents, index, last, change.cells);
    for (const service of change.removes) this.response.setWanted(service, false);
    for (const service of change.adds) this.response.setWanted(service, true);
    for (const { service, to } of change.migrates) this.handOver(service, to, event);
    this.approvals.ticketed = new Set([...this.approvals.ticketed, ...ticket.removes]);
    this.managers.configurationChanged(change);
  }

  /** Ownership goes from one manager to the other; nothing is stopped for it. */
  private handOver(service: number, to: number, because: number): void {
    assert(to >= 0, "a migration names a manager that exists");
    const { fleet, managers } = this.spec;
    const from = this.managers.ownerOf[service]!;
    this.emitter.event(
      {
        e: "handover",
        service: fleet.serviceNames[service]!,
        from: from < 0 ? "people" : managers[from]!.spec.name,
        to: managers[to]!.spec.name,
      },
      [because],
    );
    this.managers.ownerOf[service] = to;
    for (let i = fleet.firstInstance[service]!; i < fleet.firstInstance[service + 1]!; i++)
      this.world.relabel(i, to);
  }

  /** An automatic rollback: the documents of before the change, as a new version. */
  private rollBack(): void {
    const index = this.configuration.change;
    if (index < 0) return;
    const { changes } = this.script;
    const before = index === 0 ? this.script.documents : changes[index - 1]!.documents;
    const event = this.emitter.event(
      {
        e: "change",
        author: "rollout",
        text: "rollout rolled the change back",
        tickets: [],
        version: this.configuration.version + 1,
        documents: changes[index]!.touched,
        rollback: true,
      },
      [this.configuration.event],
    );
    for (const service of changes[index]!.removes) this.response.setWanted(service, true);
    this.configuration.replace(before, index - 1, event);
    this.managers.configurationChanged(null);
  }
}
