/** A picture of a camera has more pixels than anybody reads. */
const EDGE_PX = 2_400;
const QUALITY = 0.88;

/** The file as it can be handed in: a picture that is too large is drawn smaller, all else stays. */
export async function fitting(file: File, bytesMax: number): Promise<Blob> {
  if (file.size <= bytesMax || !file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, EDGE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return drawn ?? file;
}
