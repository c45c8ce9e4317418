import { Mailbox } from "@/features/mailbox/Mailbox";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("mailbox");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["mailbox"]}>
      <Mailbox />
    </PageWords>
  );
}
