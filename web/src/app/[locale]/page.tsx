import { Home } from "@/features/home/Home";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("home");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["home"]}>
      <Home />
    </PageWords>
  );
}
