import { ForgotPassword } from "@/features/session/ForgotPassword";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("links", "forgot.title");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["session", "links"]}>
      <ForgotPassword />
    </PageWords>
  );
}
