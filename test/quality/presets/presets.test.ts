/**
 * Presets against what the real managers were seen to do: configurations as files, mutated, read as each format is read,
 * and given to the preset. docs/presets.md holds the outcome; `npm run test:unit -- test/quality/presets -u` writes it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defineManager } from "../../../src/models/managers/define-manager.js";
import { presets } from "../../../src/models/managers/presets/catalogue.js";
import { root } from "../../helpers/scenario.js";
import { agreements, agrees, tell } from "./agreement.js";
import { documentOf } from "./document.js";
import { noted, notedSubjects } from "./noted.js";
import { readLog } from "./observed.js";
import { subjects } from "./subjects.js";

const log = join(root, "../shared/data/live-observed.csv");
const isThere = existsSync(log);

const counts = (all: ReturnType<typeof tell>): Readonly<Record<string, string>> =>
  Object.fromEntries([...agreements(all)].map(([name, { cells, agree }]) => [name, `${agree} of ${cells}`]));

describe("presets", () => {
  it("are named `manager/verb`, and say where their rules are from", () => {
    for (const { name, source, about } of presets) {
      expect(name).toMatch(/^[a-z0-9]+\/[a-z0-9-]+$/);
      expect(source).toMatch(/^https?:\/\/\S+/);
      expect(about.length).toBeGreaterThan(30);
    }
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
  });

  it("say what was noted of real managers", () => {
    expect(counts(tell(noted, notedSubjects))).toEqual({
      "helm upgrade --install": "20 of 20",
      "supervisord SIGHUP": "23 of 23",
      "s6-svscanctl -an": "16 of 16",
      "monit SIGHUP": "9 of 9",
      "podman kube play --replace": "12 of 16",
    });
  });
});

describe.skipIf(!isThere)("presets and the log of real managers (skipped without ../shared)", () => {
  const cells = isThere ? readLog(readFileSync(log, "utf8")) : [];
  const all = tell(cells, subjects);

  it("agree in so many cells", () => {
    expect(counts(all)).toEqual({
      "daemontools/poll": "18 of 18",
      "docker-compose/up": "21 of 22",
      "docker-compose/up --remove-orphans": "21 of 22",
      "kubectl apply --prune --applyset": "7 of 7",
      "kubectl apply --prune -l": "18 of 18",
      "monit/reload": "23 of 23",
      "pm2 kill+resurrect (reboot)": "7 of 7",
      "pm2/delete": "15 of 15",
      "pm2/resurrect": "6 of 6",
      "pm2/start": "14 of 15",
      "pm2/startOrReload": "14 of 15",
      "podman kube play": "17 of 17",
      "runit/poll": "18 of 18",
      "s6/-a": "18 of 18",
      "supervisord/reload": "23 of 23",
      "supervisord/supdate": "23 of 23",
      "supervisord/update": "23 of 23",
      "swarm stack deploy --prune": "21 of 21",
      "systemd-user/reexec+start": "4 of 4",
      "systemd-user/reload+isolate": "29 of 29",
      "systemd-user/reload+restart-units": "29 of 29",
      "systemd-user/reload+start": "32 of 32",
    });
    expect([all.filter(agrees).length, cells.length]).toEqual([401, 435]);
  });

  it("do not agree by chance: a manager that does nothing is right in far fewer", () => {
    const inert = defineManager({
      name: "nobody",
      about: "does nothing",
      step: (policy, memory) => ({ memory, propose: [], policy, wakeAtMs: null, waitingOn: [] }),
    });
    const idle = tell(cells, subjects, () => inert);
    expect(idle.filter(agrees).length).toBe(251);
  });

  it("docs/presets.md holds it", async () => {
    await expect(documentOf(all, tell(noted, notedSubjects))).toMatchFileSnapshot(
      join(root, "docs/presets.md"),
    );
  });
});
