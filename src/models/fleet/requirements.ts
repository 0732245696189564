/**
 * The needs of every instance as counters: requirement r is met while at least `threshold[r]` of its members serve
 * (instances, or the sub-requirements that name it as their owner). Soft needs make none: they only cost quality.
 */
import { assert } from "../../base/assert.js";
import { Int32List } from "./int32-rows.js";
import type { Name, NeedSpec, ServiceSpec } from "./spec.js";
import { containingPlace, placesInside, placesNamed, type Topology } from "./topology.js";

export const HARD = 0;
export const STARTUP = 1;

export interface Requirements {
  readonly requirementCount: number;
  /** >= 0: the instance that needs it; < 0: it is part of requirement -(owner) - 1. */
  readonly requirementOwner: Int32Array;
  readonly threshold: Int32Array;
  /** 0 hard, 1 startup. */
  readonly requirementKind: Uint8Array;
  /** How long the owner lives on after losing it, in ms. */
  readonly graceMs: Float64Array;
  /** The service it stands for in texts; -1 for a set of services. */
  readonly requirementService: Int32Array;
  /** Requirement -> instances. */
  readonly memberStart: Int32Array;
  readonly members: Int32Array;
  /** Instance -> its requirements; parts of requirements are not listed. */
  readonly requirementsStart: Int32Array;
  readonly requirementsOf: Int32Array;
}

export interface RequirementInput {
  readonly topology: Topology;
  readonly services: readonly ServiceSpec[];
  readonly serviceIndex: ReadonlyMap<Name, number>;
  readonly placement: Uint8Array;
  readonly firstInstance: Int32Array;
}

/** One service of a need, resolved as far as it is the same for all places of the dependant. */
interface Target {
  readonly service: number;
  /** Places given by `in`; null: they follow from the dependant's place. */
  readonly places: Int32Array | null;
}

interface Plan {
  readonly kind: number;
  readonly graceMs: number;
  /** Null: one service; otherwise at least k of the targets. */
  readonly k: number | null;
  readonly targets: readonly Target[];
}

export function buildRequirements(input: RequirementInput): Requirements {
  const builder = new RequirementBuilder(input);
  const starts = new Int32List();
  const own = new Int32List();
  for (let service = 0; service < input.services.length; service++) {
    const plans = input.services[service]!.needs.flatMap((need) => planOf(input, need));
    const first = input.firstInstance[service]!;
    const end = input.firstInstance[service + 1]!;
    for (let instance = first; instance < end; instance++) {
      starts.push(own.length);
      for (const plan of plans) own.push(builder.add(plan, service, instance, instance - first));
    }
  }
  starts.push(own.length);
  return { ...builder.finish(), requirementsStart: starts.toArray(), requirementsOf: own.toArray() };
}

function planOf(input: RequirementInput, need: NeedSpec): Plan[] {
  if (need.kind === "soft") return [];
  const names = need.kind === "any" ? [...new Set(need.of)] : [need.service];
  const targets = names.map((name): Target => {
    const service = input.serviceIndex.get(name);
    assert(service !== undefined, `a need names the unknown service ${name}`);
    const to = input.placement[service]!;
    return { service, places: need.in === null ? null : placesNamed(input.topology, need.in, to) };
  });
  return [
    {
      kind: need.kind === "startup" ? STARTUP : HARD,
      graceMs: need.kind === "hard" ? need.graceMs : 0,
      k: need.kind === "any" ? need.k : null,
      targets,
    },
  ];
}

class RequirementBuilder {
  private readonly owner = new Int32List();
  private readonly threshold = new Int32List();
  private readonly kind = new Int32List();
  /** Few different values exist, so a list by requirement of indices into them. */
  private readonly graceOf = new Int32List();
  private readonly graces: number[] = [];
  private readonly service = new Int32List();
  private readonly memberStart = new Int32List();
  private readonly members = new Int32List();

  constructor(private readonly input: RequirementInput) {}

  add(plan: Plan, service: number, instance: number, place: number): number {
    const id = this.open(instance, plan.k ?? 1, plan, plan.k === null ? plan.targets[0]!.service : -1);
    if (plan.k === null) {
      this.addMembers(plan.targets[0]!, service, place);
      return id;
    }
    // Rows are consecutive: first the services that stand for themselves, then one part a service spread over places.
    for (const target of plan.targets) {
      const single = this.singleMember(target, service, place);
      if (single >= 0) this.members.push(single);
    }
    for (const target of plan.targets) {
      if (this.singleMember(target, service, place) >= 0) continue;
      this.open(-id - 1, 1, { ...plan, graceMs: 0 }, target.service);
      this.addMembers(target, service, place);
    }
    return id;
  }

  private open(owner: number, threshold: number, plan: Plan, service: number): number {
    const id = this.owner.length;
    this.owner.push(owner);
    this.threshold.push(threshold);
    this.kind.push(plan.kind);
    let grace = this.graces.indexOf(plan.graceMs);
    if (grace < 0) grace = this.graces.push(plan.graceMs) - 1;
    this.graceOf.push(grace);
    this.service.push(service);
    this.memberStart.push(this.members.length);
    return id;
  }

  /** The one instance that counts, or -1 where the service is spread over several places (or none). */
  private singleMember(target: Target, service: number, place: number): number {
    const { placement, topology, firstInstance } = this.input;
    const first = firstInstance[target.service]!;
    if (target.places !== null) return target.places.length === 1 ? first + target.places[0]! : -1;
    const at = containingPlace(topology, placement[service]!, place, placement[target.service]!);
    return at < 0 ? -1 : first + at;
  }

  private addMembers(target: Target, service: number, place: number): void {
    const single = this.singleMember(target, service, place);
    if (single >= 0) {
      this.members.push(single);
      return;
    }
    const { placement, topology, firstInstance } = this.input;
    const places =
      target.places ?? placesInside(topology, placement[service]!, place, placement[target.service]!);
    for (const at of places) this.members.push(firstInstance[target.service]! + at);
  }

  finish() {
    this.memberStart.push(this.members.length);
    return {
      requirementCount: this.owner.length,
      requirementOwner: this.owner.toArray(),
      threshold: this.threshold.toArray(),
      requirementKind: Uint8Array.from(this.kind.toArray()),
      graceMs: Float64Array.from(this.graceOf.toArray(), (grace) => this.graces[grace]!),
      requirementService: this.service.toArray(),
      memberStart: this.memberStart.toArray(),
      members: this.members.toArray(),
    };
  }
}
