import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/e2e/**/*.test.ts"], isolate: false, fileParallelism: false, testTimeout: 120_000 },
});
