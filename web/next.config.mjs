import { fileURLToPath } from "node:url";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./src/i18n/request.ts");

/** @type {import("next").NextConfig} */
const config = {
  output: "export",
  reactStrictMode: true,
  images: { unoptimized: true },
  transpilePackages: ["@cse/client"],
  turbopack: { root: fileURLToPath(new URL("..", import.meta.url)) },
  // Types are checked by `npm run check`; a second time here would only make the build slower.
  typescript: { ignoreBuildErrors: true },
  // The same sources give the same files: the build script hashes them.
  generateBuildId: () => process.env.CSE_WEB_BUILD ?? "development",
};

export default withNextIntl(config);
