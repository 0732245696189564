/**
 * Managers that people run, one entry a manager and verb, named `manager/verb`. What each does follows from its
 * documentation, from tickets or from being watched; `source` says which. docs/presets.md holds them against what was seen.
 */
import type { ManagerModel } from "../define-manager.js";
import { argocd } from "./argocd.js";
import { containers } from "./containers.js";
import { flux } from "./flux.js";
import { helm } from "./helm.js";
import { kubernetes } from "./kubernetes.js";
import { monit } from "./monit.js";
import { pm2 } from "./pm2.js";
import { provisioning } from "./provisioning.js";
import { scanners } from "./scanners.js";
import { supervisord } from "./supervisord.js";
import { systemd } from "./systemd.js";

export const presets: readonly ManagerModel[] = [
  ...kubernetes,
  ...helm,
  ...argocd,
  ...flux,
  ...provisioning,
  ...systemd,
  ...containers,
  ...supervisord,
  ...scanners,
  ...monit,
  ...pm2,
];
