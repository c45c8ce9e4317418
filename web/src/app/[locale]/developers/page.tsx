import { Developers } from "@/features/developers/Developers";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("developers");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["developers"]}>
      <Developers />
    </PageWords>
  );
}
