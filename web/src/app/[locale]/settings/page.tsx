import { Settings } from "@/features/settings/Settings";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("settings");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["settings", "session", "notifications", "accounts", "activity"]}>
      <Settings />
    </PageWords>
  );
}
