import { Organisations } from "@/features/organisations/Organisations";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("organisations");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["organisations"]}>
      <Organisations />
    </PageWords>
  );
}
