/** Who was watched, under the name in the log, and which preset and format stand for it. */
import type { Edit } from "./files.js";
import { compose } from "./formats/compose.js";
import { kubectl, podman } from "./formats/manifests.js";
import { monit } from "./formats/monit.js";
import { dump, ecosystem, pm2 } from "./formats/pm2.js";
import { scanner } from "./formats/scanners.js";
import { supervisord } from "./formats/supervisord.js";
import { systemd } from "./formats/systemd.js";
import { composeEdits, swarmEdits } from "./mutations/compose.js";
import { kubectlEdits, podmanEdits } from "./mutations/manifests.js";
import { monitEdits } from "./mutations/monit.js";
import { dumpEdits, ecosystemEdits } from "./mutations/pm2.js";
import { scannerEdits } from "./mutations/scanners.js";
import { supervisordEdits } from "./mutations/supervisord.js";
import { systemdEdits } from "./mutations/systemd.js";
import type { Format } from "./reads.js";

export interface Subject {
  readonly preset: string;
  readonly format: Format;
  readonly edits: Readonly<Record<string, Edit>>;
  /** The manager and all that it ran were gone before it was started with the changed configuration. */
  readonly reboot?: true;
}

const supervisord3 = { edits: supervisordEdits };
const units = { edits: systemdEdits, format: systemd(false) };

export const subjects: Readonly<Record<string, Subject>> = {
  "supervisord/update": {
    preset: "supervisord/update",
    format: supervisord({ client: true, anew: false }),
    ...supervisord3,
  },
  "supervisord/supdate": {
    preset: "supervisord/update",
    format: supervisord({ client: false, anew: false }),
    ...supervisord3,
  },
  "supervisord/reload": {
    preset: "supervisord/reload",
    format: supervisord({ client: true, anew: true }),
    ...supervisord3,
  },
  "systemd-user/reload+start": { preset: "systemd/start", ...units },
  "systemd-user/reexec+start": { preset: "systemd/start", ...units },
  "systemd-user/reload+isolate": { preset: "systemd/isolate", edits: systemdEdits, format: systemd(true) },
  "systemd-user/reload+restart-units": { preset: "systemd/try-reload-or-restart", ...units },
  "docker-compose/up": { preset: "compose/up", format: compose(true), edits: composeEdits },
  "docker-compose/up --remove-orphans": {
    preset: "compose/up-remove-orphans",
    format: compose(true),
    edits: composeEdits,
  },
  "swarm stack deploy --prune": {
    preset: "swarm/stack-deploy-prune",
    format: compose(false),
    edits: swarmEdits,
  },
  "podman kube play": { preset: "podman/kube-play", format: podman, edits: podmanEdits },
  "kubectl apply --prune -l": { preset: "kubectl/apply-prune", format: kubectl(true), edits: kubectlEdits },
  "kubectl apply --prune --applyset": {
    preset: "kubectl/applyset",
    format: kubectl(false),
    edits: kubectlEdits,
  },
  "runit/poll": { preset: "runit/runsvdir", format: scanner(false), edits: scannerEdits },
  "s6/-a": { preset: "s6/rescan", format: scanner(true), edits: scannerEdits },
  "daemontools/poll": { preset: "daemontools/svscan", format: scanner(false), edits: scannerEdits },
  "monit/reload": { preset: "monit/reload", format: monit, edits: monitEdits },
  "pm2/start": { preset: "pm2/start", format: pm2(ecosystem), edits: ecosystemEdits },
  "pm2/startOrReload": { preset: "pm2/start-or-reload", format: pm2(ecosystem), edits: ecosystemEdits },
  "pm2/delete": { preset: "pm2/delete", format: pm2(ecosystem), edits: ecosystemEdits },
  "pm2/resurrect": { preset: "pm2/resurrect", format: pm2(dump), edits: dumpEdits },
  "pm2 kill+resurrect (reboot)": {
    preset: "pm2/resurrect",
    format: pm2(dump),
    edits: dumpEdits,
    reboot: true,
  },
};

/** Watched as well, without a preset. */
export const withoutPreset: Readonly<Record<string, string>> = {
  "pm2/update": "no preset: the daemon hands over to a new one, and the log knows only the old one",
};
