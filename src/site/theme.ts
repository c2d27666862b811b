export type Theme = "light" | "dark";

const KEY = "interleave:theme";
const prefersDark = () => matchMedia("(prefers-color-scheme: dark)");

/** The theme on screen: the reader's own choice, else the system's. */
export function shownTheme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return prefersDark().matches ? "dark" : "light";
}

/** Shows a theme and remembers it, where the browser lets us. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}

/** Calls back whenever the theme on screen changes, by choice or by the system; returns how to end it. */
export function onThemeChange(listener: (theme: Theme) => void): () => void {
  const tell = () => listener(shownTheme());
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = prefersDark();
  system.addEventListener("change", tell);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", tell);
  };
}
