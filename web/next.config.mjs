import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./src/i18n/request.ts");

/** A module's file as a path from this folder, the form in which aliases are taken. */
function relativeModule(name) {
  return relative(process.cwd(), fileURLToPath(import.meta.resolve(name))).replaceAll("\\", "/");
}

/** @type {import("next").NextConfig} */
const config = {
  output: "export",
  reactStrictMode: true,
  images: { unoptimized: true },
  transpilePackages: ["@cse/client"],
  turbopack: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    // Messages are compiled when pages are built, so that no page carries a parser.
    resolveAlias: {
      "use-intl/format-message": relativeModule("use-intl/format-message/format-only"),
    },
  },
  experimental: {
    // A first view has a budget of requests: few chunks, each worth one.
    turbopackChunking: {
      minChunkSize: 300_000,
      maxChunkCountPerGroup: 3,
      maxMergeChunkSize: 1_500_000,
      requestCost: 1_000_000,
    },
  },
  // Types are checked by `npm run check`; a second time here would only make the build slower.
  typescript: { ignoreBuildErrors: true },
  // The same sources give the same files: the build script hashes them.
  generateBuildId: () => process.env.CSE_WEB_BUILD ?? "development",
};

export default withNextIntl(config);
