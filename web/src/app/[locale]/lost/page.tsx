import { Lost } from "@/features/errors/Lost";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("common", "lost.title");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["common"]}>
      <Lost />
    </PageWords>
  );
}
