// The import table of docs/architecture.md, enforced. One entry a folder: what it may import.
const allowed = {
  base: [],
  sim: ["base"],
  models: ["base"],
  scenario: ["base", "models"],
  trace: ["base", "models"],
  run: ["base", "sim", "models", "trace", "scenario"],
  chaos: ["base", "models", "scenario", "trace", "run"],
  estimate: ["base", "models", "scenario", "trace", "run"],
  importers: ["base", "models", "scenario"],
  live: ["base", "models"],
  report: ["base"],
  viewer: ["base", "models", "scenario", "trace", "run"],
  testing: ["base", "models", "scenario", "trace", "run", "chaos", "live"],
  cli: [
    "base",
    "sim",
    "models",
    "scenario",
    "trace",
    "run",
    "chaos",
    "estimate",
    "importers",
    "live",
    "report",
  ],
};

// Types carry no code: a folder may name the types of these others.
const typesToo = {
  models: ["sim"],
  trace: ["scenario"],
  report: ["models", "scenario", "trace", "run", "chaos", "estimate", "importers"],
  viewer: ["report"],
};

const folderRules = Object.entries(allowed).flatMap(([folder, may]) => {
  const own = [folder, ...may];
  const types = [...own, ...(typesToo[folder] ?? [])];
  return [
    {
      name: `${folder}-imports`,
      comment: `src/${folder} may import ${may.join(", ") || "nothing of ours"}`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: {
        path: "^src/",
        pathNot: own.map((name) => `^src/${name}/`),
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: `${folder}-types`,
      comment: `src/${folder} may name types of ${types.join(", ")}`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: "^src/", pathNot: types.map((name) => `^src/${name}/`), dependencyTypes: ["type-only"] },
    },
  ];
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-node-below-cli",
      comment: "the core also runs in a browser",
      severity: "error",
      from: { path: "^src/(?!cli/)" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "index-is-everything-but-cli",
      severity: "error",
      from: { path: "^src/index" },
      to: { path: "^src/cli/" },
    },
    {
      name: "src-not-to-test",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|bench|scripts)/" },
    },
    ...folderRules,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
    },
  },
};
