/** The formats that can be imported. Adding one: its folder, one line here. */
import { argocd } from "./argocd/argocd.js";
import { compose } from "./compose/compose.js";
import type { Importer } from "./contract.js";
import { flux } from "./flux/flux.js";
import { kubernetes } from "./kubernetes/kubernetes.js";
import { supervisord } from "./supervisord/supervisord.js";
import { systemd } from "./systemd/systemd.js";

export const importers: readonly Importer[] = [compose, flux, argocd, kubernetes, systemd, supervisord];
