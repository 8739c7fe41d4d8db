import { defineConfig } from "vitest/config";

/** What `npm run check` runs: unit, property and tidy tests, beside the code. */
export default defineConfig({
  test: {
    include: ["src/**/*.test.{ts,tsx}", "test/tidy/**/*.test.ts"],
    setupFiles: ["test/property-runs.ts"],
    isolate: false,
    // As many as there are cores: by itself Vitest keeps one back, which of two is half.
    maxWorkers: "100%",
    testTimeout: process.env["AIGAQ_PROPERTY_RUNS"] === undefined ? 60_000 : 900_000,
  },
});
