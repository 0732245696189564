/** The incidents whose mechanism no axis of a policy says, and why. */

export interface Inexpressible {
  readonly id: string;
  readonly tickets: readonly string[];
  readonly about: string;
  readonly why: string;
}

export const inexpressible: readonly Inexpressible[] = [
  {
    id: "B10",
    tickets: ["argoproj/argo-cd #10257"],
    about: "one key less in its scope, and a manager takes the objects of the next one for its own",
    why: "a list that reaches into what is another's is an error of the own entry for the reader, whatever the policy; a manager that adopts it is the planted bug `foreign-reference-adopted`",
  },
  {
    id: "C2",
    tickets: ["hashicorp/terraform #14275", "hashicorp/terraform #24140"],
    about: "what is known by its place in a list is another thing once an earlier item goes",
    why: "entries have names, and no axis makes a place in a list of them",
  },
  {
    id: "E1",
    tickets: [
      "operator-framework/operator-sdk #762",
      "operator-framework/operator-sdk #3967",
      "argoproj/argo-cd #7860",
    ],
    about: "who would clean up goes first, and what waits for the cleaning waits for ever",
    why: "finalizers are checked before an action and belong to no process: what was begun goes on without the manager",
  },
  {
    id: "E2",
    tickets: ["controlplaneio-fluxcd/flux-operator #84"],
    about: "deletions in the order of the alphabet leave behind what had to go first",
    why: "no axis orders the removals of one plan, apart from owners and what they own",
  },
  {
    id: "E3",
    tickets: ["fluxcd/flux2 #4614"],
    about: "a deletion that is interrupted is left in a state that nothing handles",
    why: "what a policy remembers is durable, so every restarted manager takes a removal up again; one that forgets is the planted bug `inventory-in-volatile-memory`",
  },
  {
    id: "E4",
    tickets: ["kubernetes-sigs/cluster-api #9629"],
    about: "after a restart one controller fills up what another one is deleting",
    why: "deleting and filling up are one plan of one manager here, and what a ticket removes it does not want",
  },
  {
    id: "E7",
    tickets: ["fluxcd/kustomize-controller #90"],
    about: "when a type goes in the same change as its objects, the objects can no longer be found",
    why: "owner references outlive the owner, and services are found by name",
  },
  {
    id: "F1",
    tickets: ["systemd/systemd #39338", "projectbluefin/common #1116"],
    about: "one new edge makes a cycle, and an innocent unit is dropped to break it",
    why: "no axis says what a manager does about a cycle: none reads the order of what it starts",
  },
  {
    id: "F2",
    tickets: ["hashicorp/nomad #2077"],
    about: "a new count under a constraint stops the wrong instance",
    why: "a service has one instance in a place, so there is no victim to choose",
  },
];
