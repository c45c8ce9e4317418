import { SignIn } from "@/features/session/SignIn";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("session", "signIn.title");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["session"]}>
      <SignIn />
    </PageWords>
  );
}
