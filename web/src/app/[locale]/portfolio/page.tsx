import { Portfolio } from "@/features/portfolio/Portfolio";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("portfolio");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["portfolio", "positions", "own"]}>
      <Portfolio />
    </PageWords>
  );
}
