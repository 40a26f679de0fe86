import { useEffect, useLayoutEffect, useState, type RefObject } from "react";

/** Whether the canvas is dark: as it was told, else as the page around it is, whose theme may change while it is open. */
export function useDark(root: RefObject<HTMLElement | null>, wanted: boolean | null | undefined): boolean {
  const [page, setPage] = useState(false);
  useLayoutEffect(() => setPage(pageIsDark(root.current)), [root, wanted]);
  useEffect(() => {
    const look = () => setPage(pageIsDark(root.current));
    const system = matchMedia("(prefers-color-scheme: dark)");
    const theme = new MutationObserver(look);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class", "style"] });
    system.addEventListener("change", look);
    return () => {
      theme.disconnect();
      system.removeEventListener("change", look);
    };
  }, [root]);
  return wanted ?? page;
}

function pageIsDark(element: HTMLElement | null): boolean {
  const scheme = getComputedStyle(element?.parentElement ?? document.documentElement).colorScheme;
  if (scheme === "dark") return true;
  if (scheme === "light") return false;
  // "light dark" leaves it to the system; a page that says nothing is light.
  return scheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
}
