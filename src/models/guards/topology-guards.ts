/** Guards about who stands where: who may act on the manager itself, and whose a service is. */
import type { Name } from "../fleet/spec.js";
import { admit, findRoot, type Guard, type GuardContext, reject } from "./guard.js";

export const externalSelf: Guard = {
  name: "externalSelf",
  id: "G22",
  stage: "topology",
  about:
    "refuses what a manager does to the service it runs as, unless a peer or another manager deploys that",
  stops: "a manager that removes the only thing that could bring it back",
  cost: "somebody else has to deploy and retire the manager",
  liveness: "nobody may retire the root of all managers through a manager",
  judgeAction: (action, { self, deployedByAnother }) => {
    if (self.service === null || deployedByAnother) return admit;
    const hit = findRoot(action, (name) => name === self.service);
    return hit === undefined ? admit : reject(`${self.manager} runs as ${hit}, and nobody else deploys it`);
  },
};

/** Who else could claim a service; null: label, owner reference and inventory name this manager alone. */
function otherClaim({ self, seen, inventory }: GuardContext, service: Name): string | null {
  const state = seen.services[service];
  if (state === undefined) {
    const own = self.objects.some((object) => object.name === service);
    return own ? null : "it is not seen";
  }
  if (state.label !== self.manager) return `its label says ${state.label ?? "nobody"}`;
  const { owner } = state;
  if (owner !== self.manager && !self.objects.some((object) => object.name === owner))
    return `its owner is ${owner ?? "nobody"}`;
  return inventory === null || Object.hasOwn(inventory, service) ? null : "it is not in the inventory";
}

export const uniqueOwner: Guard = {
  name: "uniqueOwner",
  id: "G24",
  stage: "admit",
  about: "admits a removal only where label, owner reference and inventory all name the acting manager",
  stops: "removal of what was adopted, handed over or never deployed by it",
  cost: "what lost its label or its owner is left behind",
  liveness: "a handover that leaves one of the three behind",
  judgeAction: (action, context) => {
    const { service } = action.target;
    const claim = otherClaim(context, service);
    return claim === null
      ? admit
      : reject(`${context.self.manager} is not the sole owner of ${service}: ${claim}`);
  },
};
