/** What people agreed to and what is carried out: P08 (changed after the approval), P16 (guards that are got round). */
import type { Name } from "../../models/fleet/spec.js";
import type { RunManager } from "../../scenario/run.js";
import type { Material } from "./material.js";
import { processOperator, type Variation } from "./process-operator.js";
import {
  afterLastChange,
  changedBetween,
  deliver,
  managersOf,
  newVersion,
  secondMs,
  takenFrom,
} from "./process-places.js";

/** The first change is being carried out, and who is asked has not answered yet. */
const meanwhileMs = secondMs;

export const changedAfterApproval = processOperator({
  id: "P08",
  name: "changed-after-approval",
  about:
    "A second delivery comes while the first one is under way: what is carried out is not what was approved.",
  precondition: "a manager that asks for approval, and a change",
  incident: "time of check to time of use between plan and apply; a batch that grows after its review",
  variations: (material) => {
    const asking = managersOf(material).filter((manager) => manager.policy.approval !== "none");
    if (asking.length === 0) return [];
    const { version } = material;
    const next = newVersion(material);
    const event = { atMs: afterLastChange(material, meanwhileMs), version: next };
    const touched = changedBetween(material, version - 1, version);
    const withdrawn: Variation = {
      site: "withdrawn",
      label: "the change is withdrawn while it is under way",
      events: deliver({ ...event, text: "the change is withdrawn" }),
      documents: () => touched.map((id) => takenFrom(material, id, version - 1, next)),
    };
    const grown = asking.flatMap((manager) =>
      someOf(material, manager).map(
        (service): Variation => ({
          site: `without ${service}`,
          label: `${service} is left out of the configuration while the change is under way`,
          events: deliver({ ...event, text: `a second change leaves out ${service}` }),
          documents: () => [{ id: `applications/${service}.yaml`, version: next, text: null }],
        }),
      ),
    );
    return touched.length > 0 ? [withdrawn, ...grown] : grown;
  },
});

/** The first and the last service of a manager, its own left aside: enough to make a plan another one. */
function someOf(material: Material, manager: RunManager): readonly Name[] {
  const { fleet, managerOfService } = material.base.run;
  const names = fleet.serviceNames.filter(
    (name, service) =>
      managerOfService[service] === manager.index &&
      name !== manager.spec.service &&
      material.document(`applications/${name}.yaml`) !== undefined,
  );
  return names.length < 2 ? names : [names[0]!, names.at(-1)!];
}

export const guardBypass = processOperator({
  id: "P16",
  name: "guard-bypass",
  about: "Somebody switches a guard off in an emergency, or agrees to whatever he is asked.",
  precondition: "a guard",
  incident: "review fatigue and batch approvals; Atlassian, April 2022: the review looked at something else",
  variations: (material) => {
    const switched = managersOf(material).flatMap(({ spec: { name: of }, guards }) =>
      guards.map(
        ({ guard }): Variation => ({
          site: `${of} ${guard.name}`,
          label: `${guard.name} is switched off for ${of}`,
          events: [{ e: "bypass", of, guard: guard.name }],
        }),
      ),
    );
    const asks = managersOf(material).some(({ guards }) =>
      guards.some(({ guard }) => guard.stage === "process"),
    );
    if (!asks) return switched;
    const label = "people agree to whatever they are asked";
    return [...switched, { site: "everybody agrees", label, events: [{ e: "approve-all" }] }];
  },
});
