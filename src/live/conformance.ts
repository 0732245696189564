/**
 * What every manager owes to whoever calls it, whatever its policy: one suite for the built-in ones and for those of
 * users. It asks what was asked in real runs (`recordTurns`) and returns what does not hold.
 */
import { canonicalJson, type Json } from "../base/json.js";
import type { Manager, Memory, Step, Turn } from "../models/managers/contract.js";
import { senseProblems } from "./complete-step.js";
import { freezePlain } from "./freeze-plain.js";
import { firstDifference, pathText } from "./problems.js";

export const conformanceRules = {
  "same-answer": "the same memory and turn get the same answer",
  "input-untouched": "what it is given, and what it has handed back, is not changed",
  "plain-answer": "the answer, and with it the memory, is JSON",
  "known-targets": "an action names a service, or an object, and places that it was shown",
  "still-when-converged": "where everything is as configured, it proposes nothing",
  "durable-memory": "it boots from its own durable memory after a trip through JSON as from the original",
} as const;

export type ConformanceRule = keyof typeof conformanceRules;

export interface ConformanceFinding {
  readonly rule: ConformanceRule;
  readonly message: string;
  /** Index of what was asked. */
  readonly asked: number;
}

export interface Conformance {
  readonly findings: readonly ConformanceFinding[];
  /** How often each rule was put to the test: a suite that tests nothing finds nothing. */
  readonly tested: Readonly<Record<ConformanceRule, number>>;
}

export function checkConformance(
  manager: Manager,
  asked: readonly { readonly memory: Memory; readonly turn: Turn }[],
): Conformance {
  const findings: ConformanceFinding[] = [];
  const tested: Record<ConformanceRule, number> = {
    "same-answer": 0,
    "input-untouched": 0,
    "plain-answer": 0,
    "known-targets": 0,
    "still-when-converged": 0,
    "durable-memory": 0,
  };
  asked.forEach(({ memory, turn }, index) => {
    const rule = (name: ConformanceRule, problem: string | null): void => {
      tested[name]++;
      if (problem !== null) findings.push({ rule: name, message: problem, asked: index });
    };
    freezePlain(memory);
    freezePlain(turn);
    let step: Step;
    try {
      step = manager.step(memory, turn);
      const notPlain = freezePlain(step);
      rule("plain-answer", notPlain === null ? null : `${notPlain.message} at ${pathText(notPlain.path)}`);
      rule("same-answer", difference(step, manager.step(memory, turn)));
      rule("input-untouched", null);
    } catch (error) {
      // What is frozen throws when it is written to; whatever else is thrown is an answer to nobody.
      rule("input-untouched", error instanceof Error ? error.message : String(error));
      return;
    }
    if (step.propose.length > 0) rule("known-targets", senseProblems(step, turn)[0]?.message ?? null);
    if (isConverged(memory, turn)) {
      const again = manager.step(step.memory, { ...turn, why: "resync" });
      rule("still-when-converged", again.propose.length === 0 ? null : told(again));
    }
    const { durable } = step.memory;
    const copy = JSON.parse(JSON.stringify(durable)) as Json;
    const original = manager.step(manager.boot(durable), turn);
    rule("durable-memory", difference(original, manager.step(manager.boot(copy), turn)));
  });
  return { findings, tested };
}

const told = ({ propose }: Step): string =>
  `it proposes to ${propose.map((action) => `${action.do} ${action.target.service}`).join(", ")}`;

function difference(first: Step, second: Step): string | null {
  if (canonicalJson(first) === canonicalJson(second)) return null;
  return `another answer at ${pathText(["step", ...(firstDifference(first, second) ?? [])])}`;
}

/**
 * Everything that is configured runs everywhere as configured, and nothing else is there that is this manager's, by its
 * label or because its memory knows of it (a service that was handed to another manager may still be in an inventory).
 */
function isConverged(memory: Memory, { reading, seen, self, results }: Turn): boolean {
  if (reading.whole !== "complete" || reading.own.is !== "present") return false;
  if (seen.fault !== "none" || seen.peersMissing.length > 0 || results.length > 0) return false;
  const { manages } = reading.own.spec;
  const listed = manages.every((name) => reading.entries[name]?.is === "present");
  const entriesFit = Object.entries(reading.entries).every(([name, entry]) => {
    const service = seen.services[name];
    if (entry.is === "unknown") return false;
    const there = seen.objects.includes(name) || (service !== undefined && runsSomewhere(service));
    if (entry.is === "removed") return !there;
    if (service === undefined) return true;
    const { missing, stopped, busy, ailing = [] } = service;
    const everywhere = missing.length + stopped.length + busy.length + ailing.length === 0;
    const isCurrent = service.revision === entry.spec.revision;
    return everywhere && isCurrent && entry.spec.replicas > 0 && entry.spec.regions === null;
  });
  const nothingElse =
    seen.objects.every((name) => reading.entries[name]?.is === "present") &&
    Object.entries(seen.services).every(
      ([name, service]) =>
        name === self.service ||
        manages.includes(name) ||
        !runsSomewhere(service) ||
        (service.label !== self.manager && !mentions(memory.durable, name)),
    );
  return listed && entriesFit && nothingElse;
}

/** Is the name anywhere in it, as a key or as a text? */
function mentions(json: Json, name: string): boolean {
  if (typeof json !== "object" || json === null) return json === name;
  if (Array.isArray(json)) return json.some((item) => mentions(item, name));
  return Object.entries(json).some(([key, value]) => key === name || mentions(value, name));
}

const runsSomewhere = ({ running, stopped, busy }: Turn["seen"]["services"][string]): boolean =>
  running.length + stopped.length + busy.length > 0;
