// The little that must happen in the browser: the theme, remembered; Escape and focus for the menu; saving a file.
const root = document.documentElement;
const year = 60 * 60 * 24 * 365;

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("[data-theme-toggle]")) return;
  root.dataset.theme = isDark() ? "light" : "dark";
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `cp-theme=${root.dataset.theme}; path=/; max-age=${year}; samesite=lax${secure}`;
  document.dispatchEvent(new CustomEvent("cp-theme", { detail: root.dataset.theme }));
});

// A menu made of <details> closes on Escape and on a click beside it, and gives the focus back.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("[data-closes]")) menu.removeAttribute("open");
  }
});

// Ctrl+K finds anything. Ctrl+S takes the field at hand and sends its form, or does what the page says saving is.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const key = event.key.toLowerCase();
  if (key === "k") {
    const find = document.querySelector("[data-find]");
    if (!find) return;
    event.preventDefault();
    find.click();
  } else if (key === "s") {
    event.preventDefault(); // Never the browser's own "save this page".
    const field = document.activeElement;
    if (field instanceof HTMLElement && field.matches("input, select, textarea")) {
      field.blur();
      field.focus();
      if (field.form) return field.form.requestSubmit();
    }
    document.querySelector("[data-saves]")?.click();
  }
}, { capture: true });
document.addEventListener("keydown", (event) => {
  // In the search the arrows go along the list, not through the text.
  if ((event.key === "ArrowUp" || event.key === "ArrowDown") && event.target instanceof Element && event.target.closest("[data-finder]")) event.preventDefault();
});

export function save(name, type, bytes) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // The browser may refuse; the page then leaves the text selected for the user.
  }
}
