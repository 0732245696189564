/** `response: population`, presets with keys of one's own, and which durations are nobody's. */
import { describe, expect, it } from "vitest";
import { durations, presets } from "../../../src/models/people/priors.js";
import { formatScenario } from "../../../src/scenario/format.js";
import { parseScenario, variantDocument } from "../../../src/scenario/parse.js";
import { known } from "../../helpers/catalogue.js";
import { scenarioOf } from "../../helpers/scenario.js";

const text = (response: string, rest = ""): string => `
fleetquake: 1
title: presets
regions: { eu: { members: [eu-1] } }
services: { a: { manager: m, deploy: 2m } }
capabilities: { using: { service: a, share: 1 } }
managers: { m: { model: modern } }
${response}
${rest}
`;
const responseOf = (response: string) => scenarioOf(text(response)).variants[0]!.spec.response;

function problems(response: string, rest = "") {
  const parsed = parseScenario(text(response, rest), "x.yaml", { known });
  return parsed.ok
    ? []
    : parsed.error.map(({ code, path, line, expected, hint }) => ({ code, path, line, expected, hint }));
}

describe("a preset", () => {
  it("by name gives its durations, and the built-in ones where it has none", () => {
    const response = responseOf("response: population");
    expect(response.detect).toEqual(presets.population.detect);
    expect(response.crews).toBe(4);
    expect(response.priors).toEqual({
      detect: "population",
      acknowledge: "population",
      diagnose: "population",
      decide: "built-in",
      repairConfiguration: "built-in",
      verify: "built-in",
      publish: "built-in",
      approve: "built-in",
    });
  });

  it("is overridden key by key with `like`, and what is given is no prior, even where it is the same", () => {
    const response = responseOf(
      "response: { like: control-plane-removal, crews: 6, diagnose: 10m, detect: { p50: 125s, p90: 354s } }",
    );
    expect(response.crews).toBe(6);
    expect(response.diagnose).toEqual({ law: "constant", valueMs: 600_000 });
    expect(response.detect).toEqual(presets["control-plane-removal"].detect);
    expect(response.priors.diagnose).toBeUndefined();
    expect(response.priors.detect).toBeUndefined();
    expect(response.priors.decide).toBe("control-plane-removal");
  });

  it("none: all durations are built in", () => {
    expect(Object.values(responseOf("").priors)).toEqual(durations.map(() => "built-in"));
  });

  it("keys of a variant are added to it, and a name replaces it whole", () => {
    const { variants } = scenarioOf(
      text(
        "response: population",
        "variants: { six: { response: { crews: 6 } }, other: { response: control-plane-removal }, cut: { response: null } }",
      ),
    );
    const [six, other, cut] = variants.map(({ spec }) => spec.response);
    expect(six).toMatchObject({ crews: 6, priors: { detect: "population" } });
    expect(other).toMatchObject({ crews: 4, priors: { detect: "control-plane-removal" } });
    expect(cut).toMatchObject({ priors: { detect: "built-in" } });
  });

  it("replaces the keys of the base where a variant names one", () => {
    const { variants } = scenarioOf(
      text("response: { detect: 1m, crews: 2 }", "variants: { x: { response: population } }"),
    );
    expect(variants[0]!.spec.response).toMatchObject({ crews: 4, priors: { detect: "population" } });
  });
});

describe("the text", () => {
  it.each(["response: population", "response: { like: population, crews: 6 }"])(
    "%s is written as it was read",
    (response) => {
      const scenario = scenarioOf(
        text(response, "variants: { x: {}, y: { response: control-plane-removal } }"),
      );
      const again = scenarioOf(formatScenario(scenario));
      expect(again.document).toEqual(scenario.document);
      expect(again.variants).toEqual(scenario.variants);
    },
  );

  it("of a variant is in full, for whoever takes keys out of it", () => {
    const scenario = scenarioOf(text("response: population"));
    expect(variantDocument(scenario, scenario.variants[0]!)["response"]).toEqual({ like: "population" });
  });
});

describe("mistakes", () => {
  it("names the presets, and the nearest", () => {
    expect(problems("response: populaton")).toMatchObject([
      {
        code: "wrong-value",
        path: "response",
        line: 8,
        expected: "population or control-plane-removal, or a mapping",
      },
    ]);
    expect(problems("response: { like: populaton }")).toMatchObject([
      { path: "response.like", line: 8, hint: 'did you mean "population"?' },
    ]);
    expect(problems("response: { liken: population }")).toMatchObject([
      { code: "unknown-key", hint: "did you mean `like`?" },
    ]);
  });

  it("stand where the variant says it", () => {
    expect(problems("", "variants: { x: { response: populaton } }")).toMatchObject([
      { path: "variants.x.response", line: 9, hint: 'did you mean "population"?' },
    ]);
  });
});
