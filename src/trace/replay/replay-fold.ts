/** From the events of a run to counts by state that change in steps: of every node of the graph, of every cell of the grid. */
import { type StepFrame, StepRecorder } from "../../base/packed-steps.js";
import type { CompiledFleet } from "../../models/fleet/compile-fleet.js";
import type { Fold } from "../feed.js";
import { kindOf } from "../instance-sink.js";
import { impairedBelow } from "../measures.js";
import type { TraceEvent } from "../trace.js";
import type { Staged } from "./stage.js";
import { cellStates, fleetFigures, type ServiceStateNow, serviceStates } from "./states.js";

const there = 0;
const gone = 1;
const deploying = 2;

const indexOf = (state: ServiceStateNow): number => (serviceStates as readonly string[]).indexOf(state);
const recovering = indexOf("recovering");
const removed = indexOf("removed");
const hurt = indexOf("hurt");
const degraded = indexOf("degraded");
const asked = indexOf("asked");
const healthy = -1;

const cellDown = 0;
const cellRecovering = 1;
const cellImpaired = 2;
const cellWorks = -1;

export class ReplayFold implements Fold {
  private readonly nodes: StepRecorder;
  private readonly cells: StepRecorder;
  private readonly phase: Uint8Array;
  private readonly serving: Uint8Array;
  /** By instance: state that was counted last. */
  private readonly state: Int8Array;
  /** By instance: pairs of a capability that it carries and a region where that does not work as it should. */
  private readonly impaired: Int32Array;
  private readonly success: Float64Array;
  /** By capability and region: a service of it has been started since it went down. */
  private readonly started: Uint8Array;
  private readonly cell: Int8Array;
  /** By region: capabilities that are down. */
  private readonly downIn: Int32Array;
  /** By service: capabilities that it carries; by capability: services that carry it. */
  private readonly carried: readonly (readonly number[])[];
  private readonly carriers: readonly (readonly number[])[];
  private readonly figure: number;

  /** `isAsked`: services whose removal somebody asked for; `absent`: instances that are not there at the start. */
  constructor(
    readonly fleet: CompiledFleet,
    private readonly staged: Staged,
    private readonly isAsked: (service: number) => boolean,
    absent: ReadonlySet<number>,
  ) {
    const { capabilities } = fleet.spec;
    const { nodes, rows, columns } = staged.stage;
    const regions = fleet.regionNames.length;
    this.nodes = new StepRecorder(nodes.length * serviceStates.length);
    this.figure = rows.length * columns.length * cellStates.length;
    this.cells = new StepRecorder(this.figure + fleetFigures.length);
    this.phase = new Uint8Array(fleet.instanceCount);
    this.serving = new Uint8Array(fleet.instanceCount).fill(1);
    this.state = new Int8Array(fleet.instanceCount).fill(healthy);
    this.impaired = new Int32Array(fleet.instanceCount);
    this.success = new Float64Array(capabilities.length * regions).fill(1);
    this.started = new Uint8Array(capabilities.length * regions);
    this.cell = new Int8Array(capabilities.length * regions).fill(cellWorks);
    this.downIn = new Int32Array(regions);
    this.carriers = capabilities.map(({ service, alsoServices }) =>
      [service, ...alsoServices].map((name) => fleet.serviceIndex.get(name)!),
    );
    this.carried = fleet.services.map((_, s) =>
      capabilities.flatMap((_, c) => (this.carriers[c]!.includes(s) ? [c] : [])),
    );
    for (const instance of absent) {
      this.phase[instance] = gone;
      this.serving[instance] = 0;
      this.count(0, instance, asked);
    }
  }

  instance(_id: number, t: number, kind: number, instance: number): void {
    if (kind === kindOf.removed || kind === kindOf.stopped) {
      this.phase[instance] = gone;
      this.setStarted(t, instance, 0);
    } else if (kind === kindOf.deploying) {
      this.phase[instance] = deploying;
      this.setStarted(t, instance, 1);
    } else if (kind === kindOf.running) {
      this.phase[instance] = there;
      this.setStarted(t, instance, 1);
    } else if (kind === kindOf.down) this.serving[instance] = 0;
    else if (kind === kindOf.up) this.serving[instance] = 1;
    this.settle(t, instance);
  }

  quality(_id: number, t: number, capability: number, region: number, success: number): void {
    const at = capability * this.fleet.regionNames.length + region;
    const was = this.success[at]!;
    this.success[at] = success;
    if (success === 0 && was > 0) this.started[at] = this.isBeingDeployed(capability, region) ? 1 : 0;
    const turn = Number(success < impairedBelow) - Number(was < impairedBelow);
    if (turn !== 0) {
      for (const service of this.carriers[capability]!) {
        const instance = this.fleet.instanceAt(service, region);
        this.impaired[instance]! += turn;
        this.settle(t, instance);
      }
    }
    this.settleCell(t, capability, region);
  }

  event(_event: TraceEvent): void {}

  finish(): { readonly nodes: readonly StepFrame[]; readonly cells: readonly StepFrame[] } {
    return { nodes: this.nodes.finish(), cells: this.cells.finish() };
  }

  private stateOf(instance: number): number {
    if (this.serving[instance] === 1) return this.impaired[instance]! > 0 ? degraded : healthy;
    if (this.phase[instance] === deploying) return recovering;
    if (this.phase[instance] === there) return hurt;
    return this.isAsked(this.fleet.serviceOf[instance]!) ? asked : removed;
  }

  private settle(t: number, instance: number): void {
    this.count(t, instance, this.stateOf(instance));
  }

  private count(t: number, instance: number, state: number): void {
    const was = this.state[instance]!;
    if (was === state) return;
    this.state[instance] = state;
    const first = this.staged.nodeOf[this.fleet.serviceOf[instance]!]! * serviceStates.length;
    if (was !== healthy) this.nodes.add(t, first + was, -1);
    if (state !== healthy) this.nodes.add(t, first + state, 1);
  }

  /** Marks the capabilities that an instance carries, where they are down. */
  private setStarted(t: number, instance: number, value: 0 | 1): void {
    const { fleet } = this;
    const service = fleet.serviceOf[instance]!;
    const carried = this.carried[service]!;
    if (carried.length === 0) return;
    const group = fleet.groupOfInstance[instance]!;
    const width = fleet.placement[service]!;
    const regions =
      width === 0 ? [fleet.placeOf[instance]!] : group >= 0 ? fleet.regionsOfGroup[group]! : fleet.allRegions;
    for (const capability of carried) {
      for (const region of regions) {
        this.started[capability * fleet.regionNames.length + region] = value;
        this.settleCell(t, capability, region);
      }
    }
  }

  private isBeingDeployed(capability: number, region: number): boolean {
    return this.carriers[capability]!.some(
      (service) => this.phase[this.fleet.instanceAt(service, region)] === deploying,
    );
  }

  private settleCell(t: number, capability: number, region: number): void {
    const at = capability * this.fleet.regionNames.length + region;
    const success = this.success[at]!;
    const state =
      success >= impairedBelow
        ? cellWorks
        : success > 0
          ? cellImpaired
          : this.started[at] === 1
            ? cellRecovering
            : cellDown;
    const was = this.cell[at]!;
    if (was === state) return;
    this.cell[at] = state;
    const row = this.staged.rowOf[capability]!;
    if (row >= 0) {
      const { columns, rows } = this.staged.stage;
      // By state first: neighbouring regions that change alike are then one run.
      const place = row * columns.length + this.staged.columnOf[region]!;
      const size = rows.length * columns.length;
      if (was !== cellWorks) this.cells.add(t, was * size + place, -1);
      if (state !== cellWorks) this.cells.add(t, state * size + place, 1);
    }
    const isDown = (of: number): boolean => of === cellDown || of === cellRecovering;
    if (isDown(was) !== isDown(state)) this.countDown(t, region, isDown(state) ? 1 : -1);
    if (was === cellImpaired) this.cells.add(t, this.figure + 2, -1);
    if (state === cellImpaired) this.cells.add(t, this.figure + 2, 1);
  }

  private countDown(t: number, region: number, by: 1 | -1): void {
    const before = this.downIn[region]!;
    this.downIn[region] = before + by;
    this.cells.add(t, this.figure + 1, by);
    if (before === 0 || before + by === 0) this.cells.add(t, this.figure, by);
  }
}
