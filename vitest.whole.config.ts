import { defineConfig } from "vitest/config";

/** What `npm test` adds: whole programs as child processes, stories, forged dossiers in two languages, kills. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/tidy/**", "test/e2e/**"],
    isolate: false,
    maxWorkers: "100%",
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
