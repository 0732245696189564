// The same tests for a manager that breaks: what a failure looks like.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["careless/**/*.test.ts"] } });
