import { Transfers } from "@/features/transfers/Transfers";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("transfers");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["transfers"]}>
      <Transfers />
    </PageWords>
  );
}
