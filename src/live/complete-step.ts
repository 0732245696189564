/** From whatever a manager answered to a Step: shape, sense, and the defaults for what was left out. */
import * as z from "zod";
import type { Action, Memory, Step, Turn } from "../models/managers/contract.js";
import type { Policy } from "../models/managers/policy.js";
import { stepAnswerFields } from "./contract-schema.js";
import { freezePlain } from "./freeze-plain.js";
import { type Problem, shapeProblems } from "./problems.js";

const answerSchema = z.strictObject(stepAnswerFields);
const answerKeys = Object.keys(stepAnswerFields);
type Answer = z.infer<typeof answerSchema>;

export type Completed = { readonly step: Step } | { readonly problems: readonly Problem[] };

/** The answer is frozen: a manager that keeps a hand on it and changes it later is found out. */
export function completeStep(policy: Policy, memory: Memory, turn: Turn, answer: unknown): Completed {
  const notPlain = freezePlain(answer);
  const shape = shapeProblems(answerSchema, answer, answerKeys);
  if (notPlain !== null) return { problems: [notPlain, ...(notPlain.path.length === 0 ? [] : shape)] };
  if (shape.length > 0) return { problems: shape };
  const given = answer as Answer;
  const step: Step = {
    memory: given.memory ?? memory,
    propose: given.propose.map((action) => completeAction(turn, action as Partial<Action>)),
    policy: { ...policy, ...turn.reading.policy, ...given.policy },
    wakeAtMs: given.wakeAtMs ?? null,
    waitingOn: given.waitingOn ?? [],
    ...(given.watch === undefined ? {} : { watch: given.watch }),
    ...(given.settled === undefined ? {} : { settled: given.settled }),
    ...(given.ends === undefined ? {} : { ends: given.ends }),
  };
  freezePlain(step);
  const problems = senseProblems(step, turn);
  return problems.length > 0 ? { problems } : { step };
}

function completeAction(turn: Turn, action: Partial<Action>): Action {
  const { target } = action as Action;
  const noReason = [{ code: "none", about: target.service, text: "the manager gives no reason" }];
  const basedOn = {
    version: turn.reading.version,
    seenRevision: turn.seen.revision,
    epoch: turn.lease.epoch,
  };
  return { because: noReason, basedOn, ...action } as Action;
}

/** A step can fit the schema and still make no sense: actions on what was not seen, waking in the past. */
export function senseProblems(step: Step, turn: Turn): readonly Problem[] {
  const problems = step.propose.flatMap((action, k) => targetProblems(action, turn, k));
  if (step.wakeAtMs !== null && step.wakeAtMs < turn.nowMs) {
    const message = `${step.wakeAtMs} is in the past`;
    problems.push({ path: ["wakeAtMs"], message, expected: `nowMs (${turn.nowMs}) or later, or null` });
  }
  return problems;
}

function targetProblems(action: Action, turn: Turn, index: number): Problem[] {
  const { service, places } = action.target;
  const { seen, self } = turn;
  const path = ["propose", index, "target"];
  const known = seen.services[service];
  const isObject = seen.objects.includes(service);
  const isSelf = service === self.service;
  if (known === undefined && !isObject && !isSelf) {
    const names = [...Object.keys(seen.services), ...seen.objects];
    return [
      {
        path: [...path, "service"],
        message: `"${service}" is neither a service nor an object that it was shown`,
        expected: `one of ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`,
      },
    ];
  }
  const allowed = new Set<string>(isObject ? ["global"] : []);
  if (known !== undefined) {
    for (const list of [known.running, known.missing, known.stopped, known.busy])
      for (const place of list) allowed.add(place);
  }
  if (isSelf) for (const place of seen.peersMissing) allowed.add(place);
  return places.flatMap((place, k) =>
    allowed.has(place)
      ? []
      : [
          {
            path: [...path, "places", k],
            message: `${service} has no place "${place}" that it was shown`,
            expected: `one of ${[...allowed].slice(0, 12).join(", ")}${allowed.size > 12 ? ", …" : ""}`,
          },
        ],
  );
}
