import { VerifyEmail } from "@/features/session/VerifyEmail";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("links", "verify.title");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["session", "links"]}>
      <VerifyEmail />
    </PageWords>
  );
}
