/** What the managers of a run read with: our own documents, or files of a format that an importer understands. */
import { type Issue, nearestName } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import type { Derived } from "../models/config/derive.js";
import { type ForeignFormat, tellImported, type Understood } from "../models/config/imported.js";
import { createReader, type Reader, readerOf } from "../models/config/read.js";
import type { ImportedSpec } from "../models/config/spec.js";
import type { Name, ServiceSpec } from "../models/fleet/spec.js";
import type { Spec } from "./scenario.js";

interface Fleet {
  /** With the managers that they have in this run. */
  readonly services: readonly ServiceSpec[];
  /** Not there at the start. */
  readonly absent: ReadonlySet<Name>;
  readonly selfManaged: ReadonlySet<Name>;
}

export function readerFor(
  spec: Spec,
  { documents, parsed }: Derived,
  fleet: Fleet,
  { formats = [] }: { readonly formats?: readonly ForeignFormat[] },
): Result<Reader, readonly Issue[]> {
  const { configuration } = spec;
  if (configuration.kind !== "imported") return ok(createReader(parsed));
  const format = formats.find((item) => item.format === configuration.format);
  if (format === undefined) return err([unknownFormat(configuration, formats)]);
  if (configuration.documents.length === 0 && configuration.root !== null)
    return err([unread(configuration)]);
  const understand = format.understand(configuration);
  const issues = misfits(spec, understand(documents), fleet);
  if (issues.length > 0) return err(issues);
  const managers = new Map<Name, Name | null>(
    [...fleet.services, ...spec.fleet.objects].map(({ name, manager }) => [name, manager]),
  );
  return ok(readerOf(tellImported(understand, documents, { managers, selfManaged: fleet.selfManaged })));
}

function unknownFormat({ format }: ImportedSpec, formats: readonly ForeignFormat[]): Issue {
  const names = formats.map((item) => item.format);
  const near = nearestName(format, names);
  return {
    code: "unknown-format",
    severity: "error",
    path: "configuration.import",
    message: `there is no format "${format}"`,
    ...(names.length === 0
      ? { hint: "whoever calls this hands in `formats` with the catalogue" }
      : { expected: `one of ${names.join(", ")}` }),
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  };
}

const unread = ({ root }: ImportedSpec): Issue => ({
  code: "unread",
  severity: "error",
  path: "configuration.root",
  message: `nothing has been read from ${root}`,
  hint: "does it hold files of this format? A caller of parseScenario hands in `readFolder`",
});

/** What a manager would take away at once, since the files never described it; and managers that no file configures. */
function misfits(spec: Spec, { entries, managers }: Understood, fleet: Fleet): readonly Issue[] {
  const issues: Issue[] = [];
  const tell = (code: string, path: string, message: string, hint: string): void => {
    issues.push({ code, severity: "error", path, message, hint });
  };
  const check = (part: "services" | "objects", name: Name, manager: Name | null): void => {
    if (manager === null || fleet.absent.has(name) || entries.has(name)) return;
    const near = nearestName(name, entries.keys());
    tell(
      "not-described",
      `${part}.${name}`,
      `${name} belongs to ${manager}, and the files of the configuration do not describe it`,
      near === undefined ? "give it `manager: null`, or `configuration: derived`" : `did you mean "${near}"?`,
    );
  };
  for (const { name, manager } of fleet.services) check("services", name, manager);
  for (const { name, manager } of spec.fleet.objects) check("objects", name, manager);
  for (const { name, guards } of spec.managers) {
    const path = `managers.${name}`;
    if (!managers.has(name)) {
      const known = [...managers.keys()].join(", ");
      tell("not-described", path, `no file configures the manager ${name}`, `there are: ${known || "none"}`);
    }
    if (guards.stored === "in-configuration") {
      const message = "guards cannot be stored in files of another format";
      tell("stored-guards", `${path}.guards.stored`, message, "leave `stored` out");
    }
  }
  return issues;
}
