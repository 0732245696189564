/**
 * The axes on which service managers differ, each an enumeration, and the numbers that go with some of them.
 * A manager is mostly this object. `policyAxes` is the one list of values: validation, help and tests read it.
 */
export const policyAxes = {
  /** What makes it act: a new document (edge), any observed difference (level), or that and a periodic full pass. */
  trigger: ["edge", "level", "levelResync"],
  /** What an entry that is no longer there means. */
  absence: ["ignore", "prune", "tombstoneOnly"],
  /** What an entry in error means. */
  error: ["removeEntry", "treatEmpty", "skipEntry", "lastKnownGoodEntry", "haltAll"],
  /** What removing an owner does to what it owns. */
  cascade: ["none", "orphan", "background", "foreground", "dependantsStop"],
  /** How it knows what belongs to it. */
  ownership: ["label", "inventory", "ownerRef", "globalMap"],
  /** Whether removing an owner waits for what it owns to be gone. */
  finalizer: ["none", "block", "blockWithTimeout"],
  /** Who deploys and removes the manager's own service. */
  selfManagement: ["self", "peerCell", "parent", "external"],
  /** One mapping for everything, or one a cell. */
  mapping: ["global", "perCell"],
  /** Who has to agree to a removal. */
  approval: ["none", "perChange", "perRemoval", "twoPerson", "planHashBound"],
  /** What is looked at before acting. */
  dryRun: ["none", "plan", "serverSide", "required"],
  /** How much may be removed in a window. */
  budget: ["unlimited", "absolute", "fraction", "tokenBucket"],
  /** In which steps a change reaches the regions. */
  rollout: ["all", "waves", "bake", "autoRollback"],
  /** What its credentials reach. */
  scope: ["global", "rbac", "rbacDenySelf"],
  /** Which versions and which epochs it and the world accept. */
  versioning: ["none", "monotoneCas", "leaseFencing"],
  /** What a source that cannot be read at all means. */
  failMode: ["static", "destructive"],
  /** What happens before a deletion. */
  softDelete: ["none", "scaleToZero", "quarantine"],
  /** What it does about a known service that is gone though nobody asked: deploy it again, or tell people. */
  drift: ["redeploy", "report"],
} as const;

export type PolicyAxis = keyof typeof policyAxes;
export type AxisValue<A extends PolicyAxis> = (typeof policyAxes)[A][number];

/** Durations in ms; fractions 0..1. */
export interface PolicyNumbers {
  /** Time between two looks at the world while something changes. */
  readonly reconcileMs: number;
  readonly resyncMs: number;
  readonly finalizerTimeoutMs: number;
  readonly budgetMax: number;
  readonly budgetFraction: number;
  readonly budgetPerMs: number;
  readonly bakeMs: number;
  readonly quarantineMs: number;
  /** How old the observation is that it acts on. */
  readonly observationDelayMs: number;
  /** Instances that it works on at the same time. */
  readonly parallelism: number;
  /** Time one removal or stop takes. */
  readonly removalMs: number;
}

export type Policy = { readonly [A in PolicyAxis]: AxisValue<A> } & PolicyNumbers;
export type PolicyOverrides = Partial<Policy>;

export const policyNumbersDefault: PolicyNumbers = {
  reconcileMs: 60_000,
  resyncMs: 600_000,
  finalizerTimeoutMs: 1_800_000,
  budgetMax: 3,
  budgetFraction: 0.1,
  budgetPerMs: 3_600_000,
  bakeMs: 3_600_000,
  quarantineMs: 86_400_000,
  observationDelayMs: 0,
  parallelism: 1_000,
  removalMs: 2_000,
};
