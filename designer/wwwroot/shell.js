// The little that must happen in the browser: the theme, remembered; keys of the whole page; Escape and focus for menus; what is dragged.
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

// Undo and redo belong to the page, except where a text is being written: there they are the field's own.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const wanted = key === "z" && !event.shiftKey ? "[data-undo]" : key === "y" || (key === "z" && event.shiftKey) ? "[data-redo]" : null;
  const button = wanted && document.querySelector(wanted);
  if (!button || (event.target instanceof Element && event.target.closest("input, textarea, [contenteditable]"))) return;
  event.preventDefault();
  button.click();
});

// F6 goes from one part of a page to the next, as in other programs with panes.
document.addEventListener("keydown", (event) => {
  if (event.key !== "F6") return;
  const regions = [...document.querySelectorAll("[data-region]")];
  if (regions.length === 0) return;
  event.preventDefault();
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(here + (event.shiftKey ? regions.length - 1 : 1)) % regions.length];
  next.querySelector("input:not([disabled]), select:not([disabled]), textarea:not([disabled]), .react-flow__node.selected, .react-flow__node, button:not([disabled])")?.focus();
});

// What is dragged from the palette, by the name that the canvas asks for.
document.addEventListener("dragstart", (event) => {
  const entry = event.target instanceof Element && event.target.closest("[data-activity]");
  if (!entry || !event.dataTransfer) return;
  event.dataTransfer.setData("application/x-centralpay-activity", entry.dataset.activity);
  event.dataTransfer.effectAllowed = "copy";
});

// A list that answers to keys itself (arrows, Enter) does not scroll the page with them.
document.addEventListener("keydown", (event) => {
  const own = event.target instanceof Element ? event.target.getAttribute("data-own-keys") : null;
  if (own?.split(" ").includes(event.key)) event.preventDefault();
});

/** Puts text where the caret stands in a field, and tells the page as if it had been typed. */
export function insert(id, text) {
  const field = document.getElementById(id);
  if (!field) return;
  field.focus();
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
