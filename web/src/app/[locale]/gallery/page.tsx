import { Gallery } from "@/features/gallery/Gallery";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("gallery");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["gallery"]}>
      <Gallery />
    </PageWords>
  );
}
