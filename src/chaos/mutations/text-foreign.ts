/** T13: another document arrives under the name of this one. */
import type { Base } from "../base.js";
import type { Operator } from "./operator.js";
import { stemOf } from "./paths.js";
import { defineOperator, splices } from "./strikes.js";

/** What a gateway answers when the server behind it does not. */
const errorPage = [
  "<html>",
  "<head><title>502 Bad Gateway</title></head>",
  "<body><h1>502 Bad Gateway</h1></body>",
  "</html>",
  "",
].join("\n");

interface Other {
  readonly environment: string;
  readonly text: string;
}

/** Texts that documents have in other environments, each once, under the name of the first that has it. */
function elsewhere(base: Base): ReadonlyMap<string, readonly Other[]> {
  let texts = known.get(base);
  if (texts === undefined) {
    const found = new Map<string, Other[]>();
    for (const { name, run } of base.elsewhere) {
      for (const { id, text } of run.changes.at(-1)?.documents ?? run.documents) {
        const others = found.get(id) ?? [];
        found.set(id, others);
        if (!others.some((other) => other.text === text)) others.push({ environment: name, text });
      }
    }
    texts = found;
    known.set(base, texts);
  }
  return texts;
}
const known = new WeakMap<Base, ReadonlyMap<string, readonly Other[]>>();

const wrongDocument: Operator = defineOperator({
  id: "T13",
  name: "wrong-document",
  level: "text",
  class: "external",
  about: "The error page of a gateway, or the file of another environment, arrives instead of the file.",
  precondition: "a file; for another environment, a variant of the scenario in which it reads otherwise",
  incident: "T13; a 5xx page parsed as a list of no applications, argoproj/argo-cd #14318 (A2)",
  *strikesIn(doc, facts) {
    const stem = stemOf(doc.id);
    const whole = [0, doc.text.length] as const;
    if (doc.text !== errorPage) {
      yield splices(
        doc,
        facts,
        " (error page)",
        whole,
        errorPage,
        () => `the error page of a gateway came instead of ${stem}`,
      );
    }
    for (const { environment, text } of elsewhere(facts.material.base).get(doc.id) ?? []) {
      if (text === doc.text) continue;
      yield splices(
        doc,
        facts,
        ` -> ${environment}`,
        whole,
        text,
        () => `${stem} is the one of ${environment}`,
      );
    }
  },
});

export const foreignOperators: readonly Operator[] = [wrongDocument];
