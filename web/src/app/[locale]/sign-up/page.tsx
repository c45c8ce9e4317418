import { SignUp } from "@/features/session/SignUp";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("session", "signUp.title");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["session", "links"]}>
      <SignUp />
    </PageWords>
  );
}
