/** From one variant's document, which has the right shape, to a Spec. What does not fit together is reported, not thrown. */
import { compareNatural } from "../base/order.js";
import type {
  CapabilitySpec,
  FleetSpec,
  Name,
  NeedSpec,
  ObjectSpec,
  RegionGroupSpec,
  ServiceSpec,
} from "../models/fleet/spec.js";
import { toCase } from "./case-document.js";
import { convertChanges, convertConfiguration, convertFaults } from "./convert-changes.js";
import { convertDemand } from "./convert-demand.js";
import { convertManagers } from "./convert-managers.js";
import { convertResponse } from "./convert-response.js";
import type { VariantDocument } from "./document-schema.js";
import { places } from "./places.js";
import type { Reporter } from "./reporter.js";
import type { Spec } from "./scenario.js";
import { expandRange, ms, parseInstant, share, titleOf, toDistribution } from "./values.js";

const defaults = {
  horizonMs: 24 * 3_600_000,
  deploy: { law: "lognormal", p50Ms: 480_000, p90Ms: 1_200_000 },
  restore: { law: "lognormal", p50Ms: 3_600_000, p90Ms: 10_800_000 },
  warmUpSuccess: 0.3,
  softWeight: 0.5,
  limits: { events: 50_000_000, wallMs: 60_000 },
} as const;

const byName = <T>(record: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] =>
  Object.entries(record ?? {}).sort(([a], [b]) => compareNatural(a, b));

export function convert(document: VariantDocument, report: Reporter): Spec {
  const fleet = convertFleet(document, report);
  const groups = fleet.regionGroups;
  const horizonMs = document.horizon === undefined ? defaults.horizonMs : ms(document.horizon);
  if (horizonMs <= 0)
    report({ code: "no-horizon", path: ["horizon"], message: "the horizon is zero", expected: "a duration" });
  const changes = convertChanges(document, report);
  const faults = convertFaults(document, groups, report);
  for (const [k, change] of changes.entries())
    late(change.atMs, horizonMs, ["changes", k, "at"], "change", report);
  for (const [k, fault] of faults.entries())
    late(fault.atMs, horizonMs, ["faults", k, "at"], "fault", report);
  return {
    startUtcMs: startOf(document, report),
    horizonMs,
    acyclic: document.acyclic ?? false,
    fleet,
    managers: convertManagers(document, report),
    configuration: convertConfiguration(document, report),
    changes,
    faults,
    mutations: document.mutations ?? [],
    case: document.case === undefined ? null : toCase(document.case, document.mutations ?? []),
    response: convertResponse(document, report),
    demand: convertDemand(document, report),
    // Checked against the catalogue, which a conversion does not know, and set by whoever does.
    properties: {},
    limits: {
      events: document.limits?.events ?? defaults.limits.events,
      wallMs: document.limits?.wall === undefined ? defaults.limits.wallMs : ms(document.limits.wall),
    },
  };
}

function late(
  atMs: number,
  horizonMs: number,
  path: readonly (string | number)[],
  what: string,
  report: Reporter,
): void {
  if (atMs < horizonMs) return;
  report({
    code: "after-horizon",
    path,
    message: `this ${what} comes after the end of the run`,
    hint: "make `horizon` longer",
  });
}

function startOf(document: VariantDocument, report: Reporter): number {
  if (document.start === undefined) return 0;
  const start = parseInstant(document.start);
  if (start !== undefined) return start;
  report({
    code: "wrong-instant",
    path: ["start"],
    message: `"${document.start}" is no instant`,
    expected: "UTC such as 2025-02-13T18:00:00Z",
  });
  return 0;
}

function convertFleet(document: VariantDocument, report: Reporter): FleetSpec {
  const regionGroups = convertGroups(document, report);
  const services = byName(document.services).map(([name, service]): ServiceSpec => {
    const path = ["services", name];
    return {
      name,
      title: service.title ?? titleOf(name),
      manager: service.manager ?? null,
      layer: service.layer ?? 1,
      placement: service.placement ?? "regional",
      replicas: service.replicas ?? 1,
      capacity: service.capacity ?? null,
      deploy:
        service.deploy === undefined
          ? defaults.deploy
          : report.distribution(service.deploy, [...path, "deploy"]),
      needs: (service.needs ?? []).flatMap((need, k) =>
        convertNeed(need, [...path, "needs", k], regionGroups, report),
      ),
      byHand: service.byHand ?? false,
      protect: service.protect ?? false,
      state:
        service.state === undefined
          ? null
          : { onRemove: service.state.onRemove ?? "retain", restore: toDistribution(service.state.restore) },
      warmUp:
        service.warmUp === undefined
          ? null
          : {
              forMs: ms(service.warmUp.for),
              success: warmUpSuccess(service.warmUp),
              ...(service.warmUp.capacity === undefined ? {} : { capacity: share(service.warmUp.capacity) }),
            },
    };
  });
  if (services.length === 0)
    report({ code: "no-services", path: ["services"], message: "there is no service" });
  const objects = byName(document.objects).map(
    ([name, object]): ObjectSpec => ({
      name,
      manager: object.manager,
      owns: object.owns,
      finalizer: object.finalizer ?? "none",
      prune: object.prune ?? false,
    }),
  );
  const capabilities = Object.entries(document.capabilities ?? {}).map(([name, item]) =>
    convertCapability(name, item, report),
  );
  const total = capabilities.reduce((sum, item) => sum + item.share, 0);
  if (total > 1 + 1e-9) {
    report({
      code: "shares",
      path: ["capabilities"],
      message: `the shares of the capabilities add up to ${Math.round(total * 1000) / 10} %`,
      expected: "at most 100 %: every login needs one of them",
    });
  }
  return { regionGroups, services, objects, capabilities };
}

/** Where it is said that it can do less at first, nothing fails but what is too much. */
function warmUpSuccess({
  success,
  capacity,
}: NonNullable<VariantDocument["services"][string]["warmUp"]>): number {
  if (success !== undefined) return share(success);
  return capacity === undefined ? defaults.warmUpSuccess : 1;
}

function convertGroups(document: VariantDocument, report: Reporter): readonly RegionGroupSpec[] {
  const owner = new Map<Name, string>();
  const groups = byName(document.regions).map(([name, group]): RegionGroupSpec => {
    const members: Name[] = [];
    group.members.forEach((text, k) => {
      const path = ["regions", name, "members", k];
      const expanded = expandRange(text);
      if ("problem" in expanded) {
        report({
          code: "wrong-range",
          path,
          message: expanded.problem,
          expected: "two names with the same beginning, such as DUO1..DUO9",
          ...(expanded.hint === undefined ? {} : { hint: `did you mean \`${expanded.hint}\`?` }),
        });
        return;
      }
      for (const member of expanded.names) {
        const other = owner.get(member);
        if (other !== undefined)
          report({
            code: "duplicate-region",
            path,
            message: `the region ${member} is already in ${other === name ? "this group" : `the group ${other}`}`,
          });
        else members.push(member);
        owner.set(member, other ?? name);
      }
    });
    if (group.members.length === 0)
      report({
        code: "empty-group",
        path: ["regions", name, "members"],
        message: `the group ${name} has no region`,
      });
    return { name, members: members.sort(compareNatural), weight: group.weight ?? 1 };
  });
  if (groups.length === 0)
    report({
      code: "no-regions",
      path: ["regions"],
      message: "there is no region group",
      expected: "at least one",
    });
  return groups;
}

type NeedDocument = NonNullable<VariantDocument["services"][string]["needs"]>[number];

function convertNeed(
  need: NeedDocument,
  path: readonly (string | number)[],
  groups: readonly RegionGroupSpec[],
  report: Reporter,
): readonly NeedSpec[] {
  if (typeof need === "string") return [{ kind: "hard", service: need, in: null, graceMs: 0 }];
  const where = places(need.in, [...path, "in"], groups, report);
  const kind = need.kind ?? (need.of === undefined ? "hard" : "any");
  if (kind === "any") {
    const of = need.of ?? [];
    const k = need.k ?? 1;
    if (of.length === 0)
      report({
        code: "missing",
        path,
        message: "a need of kind any names no services",
        expected: "`of: [...]`",
      });
    if (k > of.length)
      report({
        code: "too-many",
        path: [...path, "k"],
        message: `${k} of ${of.length} services cannot be had`,
        expected: `at most ${of.length}`,
      });
    return [{ kind, of, k, in: where }];
  }
  if (need.service === undefined) {
    report({ code: "missing", path, message: "a need names no service", expected: "`service: <name>`" });
    return [];
  }
  if (need.weight !== undefined && kind !== "soft") {
    report({
      code: "weight-without-soft",
      path: [...path, "weight"],
      message: `a ${kind} need has no weight: without ${need.service} it is down`,
      hint: "add `kind: soft` if it is only worse without it",
    });
  }
  if (need.grace !== undefined && kind !== "hard") {
    report({
      code: "grace-without-hard",
      path: [...path, "grace"],
      message: `only a hard need has a grace time, this one is ${kind}`,
    });
  }
  if (kind === "soft")
    return [
      {
        kind,
        service: need.service,
        in: where,
        weight: need.weight === undefined ? defaults.softWeight : share(need.weight),
      },
    ];
  if (kind === "startup") return [{ kind, service: need.service, in: where }];
  return [{ kind, service: need.service, in: where, graceMs: need.grace === undefined ? 0 : ms(need.grace) }];
}

type CapabilityDocument = NonNullable<VariantDocument["capabilities"]>[string];

function convertCapability(name: Name, item: CapabilityDocument, report: Reporter): CapabilitySpec {
  const services = item.services ?? (item.service === undefined ? [] : [item.service]);
  if (services.length === 0)
    report({
      code: "missing",
      path: ["capabilities", name],
      message: "a capability names no service",
      expected: "`service: <name>`",
    });
  if (item.service !== undefined && item.services !== undefined) {
    report({
      code: "both",
      path: ["capabilities", name, "services"],
      message: "`service` and `services` are both given",
      hint: "keep one of them",
    });
  }
  return {
    name,
    title: item.title ?? titleOf(name),
    service: services[0] ?? "",
    alsoServices: services.slice(1),
    share: item.share === undefined ? 0 : share(item.share),
    fallback: (item.fallback ?? []).map((entry) =>
      typeof entry === "string"
        ? { capability: entry, enrolled: 1 }
        : { capability: entry.capability, enrolled: share(entry.enrolled) },
    ),
  };
}
