import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { "@": here("src"), "#messages": here("messages") } },
  test: { include: ["tests/**/*.test.{ts,tsx}"] },
});
