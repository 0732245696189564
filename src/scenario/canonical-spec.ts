/** A spec by what it means: where a number came from is no part of it, so hashes and saved traces do not carry it. */
import type { Spec } from "./scenario.js";

export const canonicalSpec = (spec: Spec): Spec => ({
  ...spec,
  response: { ...spec.response, priors: {} },
});
