/**
 * Guards of the schedule stage only name a way of opening region groups one after the other; the harness keeps the
 * state of the rollout and holds the places of groups that are not open yet.
 */
import type { Guard } from "./guard.js";

export const cells: Guard = {
  name: "cells",
  id: "G13",
  stage: "schedule",
  about: "a change reaches one region group at a time; the next opens after `bake` without an alarm",
  stops: "one mapping that reaches every region at once",
  cost: "a change takes as many steps as there are groups",
};

export const waves: Guard = {
  name: "waves",
  id: "G11",
  stage: "schedule",
  about: "as cells, with the waves that the scenario's rollout names",
  stops: "faults that show everywhere at once",
  cost: "a rollout takes (waves - 1) times the bake time",
};
