/** What fails around managers while they work: P07 (crash), P13 (source and list), P14 (stale picture), P15 (lease). */
import type { CaseEvent } from "../../scenario/case.js";
import { processOperator, type Variation } from "./process-operator.js";
import { afterLastChange, managersOf, minuteMs, secondMs, soonMs } from "./process-places.js";

type Fault = Extract<CaseEvent, { e: "fault" }>;

const fault = (what: Pick<Fault, "atMs" | "forMs" | "what" | "of" | "gives">): Fault => ({
  e: "fault",
  in: null,
  ...what,
});

/** A process that dies is back after this time. */
const restartMs = 2 * minuteMs;
const outageMs = 10 * minuteMs;

export const crash = processOperator({
  id: "P07",
  name: "crash",
  about:
    "A manager dies before it reads the change, while it carries it out, or while it waits, and starts again.",
  precondition: "a manager",
  incident: "E3 and E4, crashes in the middle of an uninstall; an action that was handed over goes on alone",
  variations: (material) =>
    managersOf(material).flatMap(({ spec: { name }, policy }) => {
      // Between plan and apply: half of the time that one removal takes.
      const halfway = Math.max(1, Math.min(secondMs, policy.removalMs >> 1));
      const moments = [
        { site: `${name} before it reads`, when: "before it reads the change", afterMs: 0 },
        { site: `${name} while it applies`, when: "while it carries out the change", afterMs: halfway },
        { site: `${name} while it waits`, when: "5 minutes after the change", afterMs: soonMs },
      ];
      return moments.map(
        ({ site, when, afterMs }): Variation => ({
          site,
          label: `${name} crashes ${when} and restarts after 2 minutes`,
          events: [
            fault({
              atMs: afterLastChange(material, afterMs),
              forMs: restartMs,
              what: "crash",
              of: name,
              gives: "error",
            }),
          ],
        }),
      );
    }),
});

const sourceWords = { error: "cannot be read", empty: "is empty", partial: "comes only in part" } as const;
const kinds = ["error", "empty", "partial"] as const;

export const unavailableSource = processOperator({
  id: "P13",
  name: "unavailable-source",
  about:
    "The documents or the inventory of the world cannot be had for a while, or only nothing or a part of them.",
  precondition: "a manager",
  incident: "Argo CD 18480, 18780, 14318: an error that was taken for an empty list",
  variations: (material) =>
    managersOf(material).flatMap(({ spec: { name }, policy }) =>
      (["source", "list"] as const).flatMap((what) =>
        kinds.map((gives): Variation => {
          // Who acts on edits alone reads nothing later.
          const atMs = afterLastChange(material, policy.trigger === "edge" ? 0 : soonMs);
          const subject = what === "source" ? "the configuration" : "the inventory of the world";
          return {
            site: `${name} ${what} ${gives}`,
            label: `${subject} of ${name} ${sourceWords[gives]} for 10 minutes`,
            events: [fault({ atMs, forMs: outageMs, what, of: name, gives })],
          };
        }),
      ),
    ),
});

export const staleObservation = processOperator({
  id: "P14",
  name: "stale-observation",
  about: "A manager goes on seeing the world as it was when a change came.",
  precondition: "a manager",
  incident: "A8 and A9, inventories that lag; D2, a stale graph after a failover",
  variations: (material) => {
    const { changes } = material.base.run;
    const untilMs = afterLastChange(material, 60 * minuteMs);
    return managersOf(material).flatMap(({ spec: { name } }) =>
      changes.map(
        ({ atMs }, index): Variation => ({
          site: `${name} from change ${index + 1} on`,
          label: `${name} sees the world as it was at change ${index + 1} until an hour after the last change`,
          events: [fault({ atMs, forMs: untilMs - atMs, what: "observation", of: name, gives: "stale" })],
        }),
      ),
    );
  },
});

export const lostLease = processOperator({
  id: "P15",
  name: "lost-lease",
  about:
    "A manager loses its lease as the change comes and does not notice: a second leader is active beside it.",
  precondition: "a manager",
  incident: "AWS, October 2025: enactors that work against each other; duelling reconcilers",
  variations: (material) =>
    managersOf(material).flatMap(({ spec: { name } }) =>
      (["error", "stale"] as const).map((gives): Variation => {
        const event = { forMs: 60 * minuteMs, what: "lease", of: name, gives } as const;
        const old = gives === "stale" ? "with the documents and the picture" : "with the documents";
        return {
          site: `${name} ${gives === "stale" ? "and an old picture" : "and old documents"}`,
          label: `${name} goes on ${old} of before the change beside a second leader`,
          events: [fault({ atMs: afterLastChange(material, 0), ...event })],
        };
      }),
    ),
});
