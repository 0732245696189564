/** The formats that can be imported. Adding one: its folder, one line here. */
import { compose } from "./compose/compose.js";
import type { Importer } from "./contract.js";
import { supervisord } from "./supervisord/supervisord.js";
import { systemd } from "./systemd/systemd.js";

export const importers: readonly Importer[] = [compose, systemd, supervisord];
