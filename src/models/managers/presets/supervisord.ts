/** supervisord: what its verbs do with an error in its files differs as much as it can. */
import type { Memory, Turn } from "../contract.js";
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import { durableOf, remember } from "../memory.js";
import type { Policy, PolicyOverrides } from "../policy.js";
import { policyStep } from "../policy-step.js";
import { errorIn, isNewVersion, restartsAll, type StepRule, stopsAllAndExits } from "./habits.js";

const groups: PolicyOverrides = {
  trigger: "level",
  absence: "prune",
  error: "haltAll",
  ownership: "inventory",
  selfManagement: "external",
  failMode: "static",
  drift: "redeploy",
};

const source = (verb: string): string =>
  `http://supervisord.org/running.html (${verb}) and options.py, supervisorctl.py of supervisor; observed with supervisor 4.2.5`;

/** Without the sections of its own that let people control it, it restarts like any other time, and listens to nobody. */
function losesItsControl(policy: Policy, memory: Memory, turn: Turn) {
  const { reading, self, seen } = turn;
  const durable = durableOf(memory);
  if (!isNewVersion(memory, turn)) {
    const because = { code: "error", about: self.manager, text: "it has no section of its own left" };
    return { ...policyStep(policy, memory, turn), propose: [], ends: { as: "wedged" as const, because } };
  }
  const manages = durable.manages ?? [];
  const spec = { name: self.manager, service: self.service, manages };
  const listed = { ...turn, reading: { ...reading, own: { is: "present" as const, spec } }, seen };
  const step = restartsAll(policyStep)(policy, memory, listed);
  return { ...step, memory: remember(step.memory, { ...durableOf(step.memory), version: reading.version }) };
}

/** It stops everything, starts anew and reads: what it cannot read now ends it, with nothing left running. */
const restartsItself: StepRule = (policy, memory, turn) => {
  const { own } = turn.reading;
  if (own.is === "unknown" && own.error.code === "no-own-entry") return losesItsControl(policy, memory, turn);
  const error = errorIn(turn);
  if (error !== null) return stopsAllAndExits(error, policy, memory, turn);
  return restartsAll(policyStep)(policy, memory, turn);
};

/** The client reads the main file too, and gives up before it asks for anything when that cannot be read. */
const askedByClient: StepRule = (policy, memory, turn) =>
  turn.reading.whole === "unreadable"
    ? policyStep(policy, memory, turn)
    : restartsItself(policy, memory, turn);

export const supervisord: readonly ManagerModel[] = [
  defineManager({
    name: "supervisord/update",
    about:
      "stops and removes groups that are no longer described, were it all; an error anywhere changes nothing",
    source: source("update"),
    policy: groups,
  }),
  defineManager({
    name: "supervisord/reload",
    about:
      "restarts everything; on an error in its files it stops all, ends itself, and supervisorctl says it went well",
    source: source("reload"),
    policy: groups,
    step: askedByClient,
  }),
  defineManager({
    name: "supervisord/sighup",
    about:
      "as reload, without a client that looks at the main file first: one that is missing ends everything",
    source: source("SIGHUP"),
    policy: { ...groups, failMode: "destructive" },
    step: restartsItself,
  }),
];
