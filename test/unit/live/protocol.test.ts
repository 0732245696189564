/** The published protocol: the schema is what the code says, and every message of real runs fits it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  managerProtocolJsonSchema,
  type Request,
  readAnswer,
  requestLine,
  requestSchema,
  stepAnswer,
} from "../../../src/live/protocol.js";
import { managerModels } from "../../../src/models/managers/catalogue.js";
import { randomTurns } from "../../helpers/random-turns.js";
import { root, runOf, scenarioFile } from "../../helpers/scenario.js";

const schema = managerProtocolJsonSchema();

it("schema/manager-protocol.schema.json is what the code says", () => {
  const published = readFileSync(join(root, "schema/manager-protocol.schema.json"), "utf8");
  expect(published).toBe(`${JSON.stringify(schema, null, 2)}\n`);
});

it.each(["fail-static", "modern", "legacy"])("every message to and from %s fits", (name) => {
  const { policy } = managerModels.find((model) => model.name === name)!;
  for (const { memory, turn, step } of randomTurns(name, 200, { axes: true })) {
    const request: Request = { ask: "step", policy, memory, turn };
    requestSchema.parse(JSON.parse(requestLine(1, request)));
    const { policy: _, ...answer } = step;
    stepAnswer.parse(JSON.parse(JSON.stringify({ v: 1, ...answer })));
  }
});

it("documents, readings and boots fit", () => {
  const run = runOf(scenarioFile("duo-2025-02-13.yaml"));
  const [owner] = run.managers;
  const { policy, manager, selves } = owner!;
  const [self] = selves;
  const documents = run.changes[0]!.documents;
  const requests: readonly Request[] = [
    { ask: "hello", fleetquake: "0" },
    { ask: "boot", policy, durable: null },
    { ask: "boot", policy, durable: manager.boot(null).durable },
    { ask: "read", policy, documents, self: self! },
  ];
  for (const request of requests) requestSchema.parse(JSON.parse(requestLine(1, request)));
  const reading = manager.read(documents, self!);
  expect(reading.own.is).toBe("unknown");
  readAnswer.parse(JSON.parse(JSON.stringify({ v: 1, reading })));
});
