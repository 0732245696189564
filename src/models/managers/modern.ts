/**
 * The newer kind: one mapping a cell, not in its own mapping, fails static, removes only what a ticket names, within
 * the scope of the change and a small budget, and asks for each removal.
 */
import { defineManager } from "./define-manager.js";

export const modern = defineManager({
  name: "modern",
  about:
    "one mapping a cell, not its own subject; keeps what it knew on errors, removes only what a ticket names",
  policy: {
    trigger: "levelResync",
    absence: "tombstoneOnly",
    error: "lastKnownGoodEntry",
    cascade: "none",
    ownership: "inventory",
    selfManagement: "external",
    mapping: "perCell",
    approval: "perRemoval",
    budget: "absolute",
    budgetMax: 3,
    rollout: "waves",
    scope: "rbacDenySelf",
    versioning: "monotoneCas",
    failMode: "static",
    drift: "redeploy",
  },
  guards: [
    { guard: "failStatic", options: {} },
    { guard: "tombstoneOnly", options: {} },
  ],
});
