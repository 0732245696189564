import type { Importer } from "../contract.js";
export const systemd: Importer = {
  format: "systemd",
  about: "x",
  read: () => ({ format: "systemd", items: [], managers: [], refused: new Map(), reads: [], issues: [] }),
};
