import { Status } from "@/features/status/Status";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("status");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["status"]}>
      <Status />
    </PageWords>
  );
}
