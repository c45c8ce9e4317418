import { Verification } from "@/features/verification/Verification";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("verification");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["verification"]}>
      <Verification />
    </PageWords>
  );
}
