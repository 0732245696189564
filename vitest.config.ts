import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "test/helpers/build.ts",
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    // Left alone it keeps one core for itself, and two cores would run one file at a time.
    maxWorkers: "100%",
    passWithNoTests: true,
  },
});
