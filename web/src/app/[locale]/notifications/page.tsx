import { Notifications } from "@/features/notifications/Notifications";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("notifications");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["notifications", "alerts"]}>
      <Notifications />
    </PageWords>
  );
}
