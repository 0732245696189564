/** Properties that are never the only one to notice a planted bug, in the order of the catalogue, and why. */
export const notAlone: Readonly<Record<string, string>> = {
  "no-collateral-removal":
    "what no ticket names nobody has approved either, so `approval-intact` notices the same removals",
  confluent:
    "an order that matters in production but not in one region is noticed by `staging-representative` as well",
  "no-recollapse":
    "whatever brings back so many that they collapse was taken away before, which others notice; no bug is planted for it",
};
