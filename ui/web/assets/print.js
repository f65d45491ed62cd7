// A check of wording is printed alone: a copy of it stands as the whole page while printing.
(() => {
  "use strict";
  addEventListener("beforeprint", () => {
    const check = document.getElementById("jw-check");
    if (!check?.checkVisibility()) return;
    const sheet = document.createElement("div");
    sheet.id = "jw-sheet";
    sheet.className = "gradio-container jw-found";
    sheet.append(...check.cloneNode(true).childNodes);
    document.body.append(sheet);
  });
  addEventListener("afterprint", () => document.getElementById("jw-sheet")?.remove());
})();
