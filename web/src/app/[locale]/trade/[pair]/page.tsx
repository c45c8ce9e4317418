import { Trade } from "@/features/trade/Trade";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const dynamicParams = false;

/** One shell for all markets; the pair is read from the path after hydration. */
export function generateStaticParams() {
  return [{ pair: "_" }];
}

export const generateMetadata = pageMetadata("trade");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["trade", "own"]}>
      <Trade />
    </PageWords>
  );
}
