// Comfort only: everything works without this file.
"use strict";
(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const form of document.querySelectorAll("form[data-guard]")) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  }
  if (document.querySelector("[data-reload]")) setTimeout(() => location.reload(), 3000);
  for (const area of document.querySelectorAll("textarea[data-max]")) {
    const limit = area.closest(".field")?.querySelector(".limit");
    if (!limit) continue;
    const counter = document.createElement("span");
    limit.after(counter);
    const show = () => { counter.textContent = area.value ? ` ${[...area.value].length}/${area.dataset.max}` : ""; };
    area.addEventListener("input", show);
    show();
  }
})();
