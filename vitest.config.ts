import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const longRun = process.env["QAPI_TEST_LONG"] === "1";

export default defineConfig({
  resolve: {
    // Tests run the sources; the package's own name, as generated code spells it, leads there too.
    alias: [
      { find: /^qapi-ts\/(visitor|migration|server|hmp|vitest)$/, replacement: here("./src/$1/index.ts") },
      { find: /^qapi-ts\/qmp$/, replacement: here("./src/client/index.ts") },
      { find: /^qapi-ts$/, replacement: here("./src/index.ts") },
    ],
  },
  test: {
    globalSetup: "test/support/announce.ts",
    include: longRun ? ["test/**/*.long.test.ts"] : ["test/**/*.test.ts"],
    exclude: longRun ? [] : ["test/**/*.long.test.ts"],
    testTimeout: longRun ? 3_600_000 : 30_000,
  },
});
