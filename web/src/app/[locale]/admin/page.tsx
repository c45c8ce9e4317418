import { Admin } from "@/features/admin/Admin";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("common", "lost.title");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["admin", "activity"]}>
      <Admin />
    </PageWords>
  );
}
