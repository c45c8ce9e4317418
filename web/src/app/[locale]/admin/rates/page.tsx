import { RatesPage } from "@/features/admin/rates/RatesPage";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("common", "lost.title");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["rates"]}>
      <RatesPage />
    </PageWords>
  );
}
