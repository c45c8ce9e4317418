import { ResetPassword } from "@/features/session/ResetPassword";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("links", "reset.title");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["session", "links"]}>
      <ResetPassword />
    </PageWords>
  );
}
