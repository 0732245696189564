/** People who agree to removals, or refuse them: they compare what is asked with the tickets. It takes them time. */

import { type Luck, nameKey, purpose } from "../base/keyed-random.js";
import { compileDistribution } from "../base/quantile.js";
import type { Name } from "../models/fleet/spec.js";
import type { ApprovalRequest, ApprovalState } from "../models/guards/guard.js";
import type { Run } from "../scenario/run.js";
import type { Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import type { Emitter } from "./sink.js";

const approvePurpose = purpose("approve");
const nothing: ApprovalState = { grantedBy: [], refused: false };

interface Asked {
  readonly manager: Name;
  readonly request: ApprovalRequest;
  readonly because: number;
  readonly by: string;
}

export class Approvals {
  private readonly states = new Map<string, ApprovalState>();
  private readonly asked: Asked[] = [];
  private readonly open = new Set<string>();
  private readonly takes: (uniform: number) => number;
  private readonly onDecide: number;
  private approveAll = false;
  /** Services that some ticket removes. */
  ticketed: ReadonlySet<Name> = new Set();
  decided: () => void = () => {};

  constructor(
    run: Run,
    private readonly kernel: Kernel,
    private readonly luck: Luck,
    private readonly emitter: Emitter,
  ) {
    this.takes = compileDistribution(run.spec.response.approve);
    this.onDecide = kernel.register((index) => this.decide(index));
  }

  reset(approveAll: boolean): void {
    this.approveAll = approveAll;
    this.states.clear();
    this.asked.length = 0;
    this.open.clear();
    this.ticketed = new Set();
  }

  state(manager: Name, key: string): ApprovalState {
    return this.states.get(`${manager} ${key}`) ?? nothing;
  }

  /** Asks as many people as are missing; asking again while it is open changes nothing. */
  request(manager: Name, request: ApprovalRequest, because: number): void {
    const key = `${manager} ${request.key}`;
    if (this.open.has(key)) return;
    this.open.add(key);
    const entity = nameKey(key);
    for (let k = 0; k < request.count; k++) {
      const takesMs = Math.round(this.takes(this.luck.uniform(entity.hi, entity.lo, approvePurpose, k)));
      this.asked.push({ manager, request, because, by: `reviewer ${k + 1}` });
      this.kernel.scheduleIn(takesMs, priority.people, this.onDecide, this.asked.length - 1);
    }
  }

  private decide(index: number): void {
    const { manager, request, because, by } = this.asked[index]!;
    const key = `${manager} ${request.key}`;
    const surprise = request.services.filter((service) => !this.ticketed.has(service));
    const granted = this.approveAll || surprise.length === 0;
    const before = this.states.get(key) ?? nothing;
    this.states.set(key, {
      grantedBy: granted ? [...before.grantedBy, by] : before.grantedBy,
      refused: before.refused || !granted,
    });
    const what = request.services.length === 1 ? request.services[0]! : `${request.services.length} services`;
    this.emitter.event(
      {
        e: "approval",
        manager,
        service: request.services.length === 1 ? request.services[0]! : "(plan)",
        by,
        granted,
        text: granted
          ? `${by} agreed to remove ${what}`
          : `${by} refused: no ticket removes ${surprise.slice(0, 3).join(", ")}${surprise.length > 3 ? " and others" : ""}`,
      },
      [because],
    );
    this.decided();
  }
}
