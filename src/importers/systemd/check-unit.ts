/** Whether systemd would load a unit: "bad unit file setting" otherwise, and nobody can start it. */
import type { Findings } from "../issues.js";
import { last, list, type Unit } from "./load-units.js";
import { isYes } from "./read-unit.js";

const serviceTypes = new Set([
  "simple",
  "exec",
  "forking",
  "oneshot",
  "dbus",
  "notify",
  "notify-reload",
  "idle",
]);

export const isOneshot = (unit: Unit): boolean => last(unit, "Service", "Type")?.value === "oneshot";

/** False: it cannot be started. */
export function checkUnit(unit: Unit, found: Findings): boolean {
  if (unit.type !== "service") return true;
  const bad = (message: string, at = unit.at): false => {
    found.add(at, {
      code: "bad-setting",
      message: `${unit.name}: ${message}`,
      hint: "systemd refuses to load this unit",
    });
    return false;
  };
  const type = last(unit, "Service", "Type");
  // An unknown value is passed over with a warning.
  if (type !== undefined && type.value !== "" && !serviceTypes.has(type.value))
    found.warn(type.at, {
      code: "passed-over",
      message: "this is no type of a service",
      hint: "systemd passes this line over",
    });
  const starts = list(unit, "Service", "ExecStart");
  const remains = isYes(last(unit, "Service", "RemainAfterExit")?.value ?? "no");
  if (starts.length === 0) {
    const stops = list(unit, "Service", "ExecStop").length > 0;
    const ends = last(unit, "Unit", "SuccessAction");
    if (ends !== undefined && ends.value !== "none") return true;
    return stops && remains ? true : bad("there is no ExecStart=");
  }
  if (starts.length > 1 && !isOneshot(unit)) return bad("there is more than one ExecStart=", starts[1]!.at);
  if (last(unit, "Service", "Type")?.value === "dbus" && last(unit, "Service", "BusName") === undefined)
    return bad("Type=dbus has no BusName=");
  return true;
}
