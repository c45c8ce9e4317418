import { UndoEmailChange } from "@/features/session/UndoEmailChange";
import { type PageProps, PageWords, pageMetadata } from "@/i18n/page";

export const generateMetadata = pageMetadata("links", "undo.title");

export default function Page({ params }: PageProps) {
  return (
    <PageWords params={params} of={["session", "links"]}>
      <UndoEmailChange />
    </PageWords>
  );
}
