import { Markets } from "@/features/markets/Markets";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("markets");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["markets"]}>
      <Markets />
    </PageWords>
  );
}
