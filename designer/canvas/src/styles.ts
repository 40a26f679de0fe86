/** Links canvas.css, which is built beside canvas.js, unless the page has; waits until it holds. */
export async function stylesLoaded(): Promise<void> {
  const address = new URL("canvas.css", import.meta.url.replace(/[^/]*$/, "")).href;
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")];
  if (links.some((link) => link.href.startsWith(address.replace(/\.css$/, "")))) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  await new Promise((resolve) => {
    link.onload = resolve;
    // A canvas without its looks is still better than none.
    link.onerror = resolve;
    document.head.append(link);
  });
}
