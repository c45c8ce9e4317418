import { CloseAccount } from "@/features/closing/CloseAccount";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("closing");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["closing"]}>
      <CloseAccount />
    </PageWords>
  );
}
