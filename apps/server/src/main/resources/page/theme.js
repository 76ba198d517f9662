/// Dark or light: as the system has it, unless somebody chose.

import { $ } from "./dom.js";

const PLACE = "qmk-theme";
const listeners = [];

/// Calls when colours changed.
export const onTheme = (listener) => listeners.push(listener);

function stored() {
  try {
    return localStorage.getItem(PLACE) ?? "auto";
  } catch {
    return "auto"; // A browser that keeps nothing.
  }
}

function apply(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

export function startTheme() {
  const choice = $("theme");
  choice.value = stored();
  apply(choice.value);
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem(PLACE, choice.value);
    } catch {
      // It is good for this page, then.
    }
    apply(choice.value);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => apply(choice.value));
}
