/** Compose, Swarm and Podman: a file that lists containers. */
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import type { PolicyOverrides } from "../policy.js";
import { policyStep } from "../policy-step.js";
import { isNewVersion, restartsAll, runningOwn, type StepRule } from "./habits.js";

/** The file is validated as a whole, with its references, before anything is done. */
const file: PolicyOverrides = {
  trigger: "edge",
  absence: "ignore",
  error: "haltAll",
  ownership: "label",
  selfManagement: "self",
  failMode: "static",
  drift: "redeploy",
};

const compose =
  "https://docs.docker.com/reference/cli/docker/compose/up/; observed with docker-compose 1.29.2";
const play = "https://docs.podman.io/en/latest/markdown/podman-kube-play.1.html; observed with podman 4.3.1";

/** There is no daemon: nothing in the file is what podman runs as. */
const pods: PolicyOverrides = { ...file, selfManagement: "external" };

/** Names in use are no error of single pods: nothing of the file is played. */
const refusesNamesInUse: StepRule = (policy, memory, turn) => {
  const step = policyStep(policy, memory, turn);
  if (!isNewVersion(memory, turn)) return step;
  const used = runningOwn(turn).find((name) => turn.reading.entries[name]?.is === "present");
  if (used === undefined) return step;
  const reason = { code: "error", about: used, text: `a pod with the name ${used} exists` };
  return { ...step, propose: [], waitingOn: [...step.waitingOn, reason] };
};

export const containers: readonly ManagerModel[] = [
  defineManager({
    name: "compose/up",
    about:
      "creates and recreates what the file lists; what it no longer lists is an orphan that gets a warning",
    source: compose,
    policy: file,
  }),
  defineManager({
    name: "compose/up-remove-orphans",
    about:
      "--remove-orphans: and every container of the project that the file does not list is removed, were it all",
    source: compose,
    policy: { ...file, absence: "prune" },
  }),
  defineManager({
    name: "swarm/stack-deploy-prune",
    about: "removes the services of the stack that the file does not list; knows no depends_on",
    source:
      "https://docs.docker.com/reference/cli/docker/stack/deploy/; observed with docker 20.10.24; an empty stack name: moby/moby #36776",
    policy: { ...file, trigger: "level", absence: "prune" },
  }),
  defineManager({
    name: "podman/kube-play",
    about: "creates the pods of the file, and refuses all of them when one of their names is in use",
    source: play,
    policy: pods,
    step: refusesNamesInUse,
  }),
  defineManager({
    name: "podman/kube-play-replace",
    about:
      "takes the pods of the file down and starts them again, changed or not; pods that left the file run on",
    source: play,
    policy: pods,
    step: restartsAll(policyStep),
  }),
];
