/**
 * Protection of single services, kept in two places. Inside the entry it vanishes together with the entry, as
 * `prevent_destroy` does when its block is deleted (hashicorp/terraform #17599); outside it stays.
 */
import { admit, type Guard, reject } from "./guard.js";

export const protect: Guard = {
  name: "protect",
  id: "X04",
  stage: "admit",
  about: "refuses to remove a service whose entry, as it is read now, says `protect: true`",
  stops: "removal of protected services that are still described",
  cost: "retiring one takes two changes: unprotect it, then remove it",
  liveness: "until the entry no longer protects; protects nothing that is omitted or unreadable",
  judgeAction: (action, { reading }) => {
    const { service } = action.target;
    const entry = reading.entries[service];
    return entry?.is === "present" && entry.spec.protect
      ? reject(`the entry of ${service} protects it`)
      : admit;
  },
};

export const protectExternal: Guard = {
  name: "protectExternal",
  id: "X05",
  stage: "admit",
  about: "refuses to remove the `services` that it lists, whatever the configuration says",
  stops: "removal of protected services even when their entries are gone",
  cost: "a second list to keep",
  liveness: "until the list is changed",
  judgeAction: (action, _context, options) => {
    const { services } = options;
    const { service } = action.target;
    return Array.isArray(services) && services.includes(service)
      ? reject(`${service} is on the list of protected services`)
      : admit;
  },
};
