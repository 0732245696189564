/**
 * The older kind: level-triggered, one global mapping that contains itself, an entry in error read as "remove it",
 * removals cascade to everything that the removed owns, no guard. Duo's post-mortem describes it; people start the
 * services again, it only reports that they are missing.
 */
import { defineManager } from "./define-manager.js";

export const legacy = defineManager({
  name: "legacy",
  about: "one global mapping that contains itself; reads an error as a removal, cascades, has no guard",
  policy: {
    trigger: "level",
    absence: "prune",
    error: "removeEntry",
    cascade: "background",
    ownership: "globalMap",
    selfManagement: "self",
    mapping: "global",
    approval: "perChange",
    failMode: "destructive",
    drift: "report",
  },
});
