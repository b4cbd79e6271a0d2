// Handing a text out of the page.

/** Copies a text; tells whether the system let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A drawing as an address that an image takes; the drawing itself runs nothing there. */
export const drawing = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

/** The bytes of a file, as the core reads them. */
export async function base64(file: Blob): Promise<string> {
  const url = await new Promise<string>((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error ?? new Error("file"));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}
