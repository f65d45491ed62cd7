// What is printed stands alone as the whole page while printing: the check of a wording, or the
// conversation from its first question on, with its quotes in full.
(() => {
  "use strict";
  const documents = new Map(); // id -> the document as the server tells it, null when it could not be had
  const make = (tag, text = "", kind = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const bare = (text) => text.replace(/\s+|│/g, "");
  const visible = (id) => {
    const found = document.getElementById(id);
    return found?.checkVisibility() ? found : null;
  };

  // Printing waits for nothing that comes later, so a document is asked for there and then.
  function told(id) {
    if (!documents.has(id)) {
      const request = new XMLHttpRequest();
      const address = location.pathname.replace(/\/?$/, "/") + "api/documents/" + encodeURIComponent(id);
      try {
        request.open("GET", address, false);
        request.send();
      } catch { /* no connection: printed without */ }
      if (request.status !== 200) return null; // asked again next time
      documents.set(id, JSON.parse(request.responseText));
    }
    return documents.get(id);
  }

  // Return the characters that a link behind #copy= leads to, "" where they cannot be had.
  function quote(link) {
    const [id, start, end] = link.hash.slice("#copy=".length).split(":");
    return (told(decodeURIComponent(id))?.paragraphs || []).map((paragraph) => {
      const letters = Array.from(paragraph.text); // code points, as the server counts
      const from = Math.max(0, start - paragraph.start), to = end - paragraph.start;
      return to > 0 ? letters.slice(from, to).join("") : "";
    }).join("");
  }

  // Return a copy of an answer without what can only be clicked, and with the quotes it shortened.
  function answer(message) {
    const copy = message.cloneNode(true);
    const said = bare(copy.textContent);
    copy.querySelectorAll(".jw-sources a[href^='#copy=']").forEach((link) => {
      const whole = quote(link);
      if (whole && !said.includes(bare(whole))) link.closest("li").append(make("blockquote", whole));
    });
    copy.querySelectorAll(".jw-more").forEach((offered) => {
      offered.previousElementSibling?.remove();
      offered.remove();
    });
    copy.querySelectorAll("a[href*='api/table.']").forEach((link) => link.closest("p")?.remove());
    copy.querySelectorAll("a").forEach((link) => {
      const isText = link.matches(".jw-mark, .jw-value a");
      link.replaceWith(isText ? link.textContent : "");
    });
    copy.querySelectorAll("button, form").forEach((clicked) => clicked.remove());
    copy.querySelectorAll("p").forEach((line) => line.textContent.trim() || line.remove());
    copy.querySelectorAll("details").forEach((folded) => { folded.open = true; });
    return copy;
  }

  function conversation() {
    const said = visible("jw-chat")?.querySelectorAll("[data-testid='user'], .jw-answer, .jw-refusal") || [];
    if (!said.length) return [];
    const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString();
    const date = `打印时间：${now.slice(0, 16).replace("T", " ")}。引文以官方发布的文本为准。`;
    return [make("h1", "津问问答记录"), make("p", date), ...[...said].map((message) =>
      message.matches(".jw-answer, .jw-refusal") ? answer(message) : make("h2", message.innerText.trim()))];
  }

  addEventListener("beforeprint", () => {
    const check = visible("jw-check");
    const parts = check ? check.cloneNode(true).childNodes : conversation();
    if (!parts.length) return;
    const sheet = make("div", "", "gradio-container jw-found");
    sheet.id = "jw-sheet";
    sheet.append(...parts);
    if (check) sheet.querySelectorAll("a").forEach((link) => link.remove());
    document.body.append(sheet);
  });
  addEventListener("afterprint", () => document.getElementById("jw-sheet")?.remove());
})();
