// The document beside the chat: the whole report, with the cited characters marked and in view.
// Everything is built with textContent, so no text of a document can become markup. Offsets are the
// server's, in code points; a link of a message carries them (#cite=document:start:end).
(() => {
  "use strict";
  document.documentElement.lang = "zh-CN";
  const NARROW = matchMedia("(max-width: 900px)");
  const FADING = 3; // earlier answers whose passages stay marked, ever fainter
  const documents = new Map(); // id -> Promise of the document as the server tells it
  let shown = null; // the document in the pane
  let active = null; // the citation in view
  let wanted = ""; // the document asked for last

  const $ = (id) => document.getElementById(id);
  const make = (tag, text = "", kind = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const address = (path) => location.pathname.replace(/\/?$/, "/") + path;
  const chars = (text) => Array.from(text); // code points, as the server counts

  // ---- the document ------------------------------------------------------------------------
  function fetched(id) {
    if (!documents.has(id)) {
      const coming = fetch(address("api/documents/" + encodeURIComponent(id))).then((reply) => {
        if (!reply.ok) throw new Error(String(reply.status));
        return reply.json();
      });
      coming.catch(() => documents.delete(id)); // asked again next time
      documents.set(id, coming);
    }
    return documents.get(id);
  }

  async function open(id) {
    // Gradio may draw the pane anew; then it is empty again.
    if (shown && shown.id === id && $("jw-text").childElementCount) return shown;
    wanted = id;
    const said = await fetched(id);
    if (wanted !== id) return shown; // another one was asked for meanwhile
    const pane = $("jw-text");
    if (active && active.id !== id) unmark();
    if ($("jw-choose")) $("jw-choose").value = id;
    pane.replaceChildren(...said.paragraphs.map((paragraph) => {
      const made = make("p", "", paragraph.cells ? "jw-row" : "");
      made.dataset.n = paragraph.n;
      made.style.setProperty("--jw-columns", paragraph.columns || 1);
      return made;
    }));
    $("jw-name").textContent = said.title;
    $("jw-note").textContent = said.note ? `${said.note}；以官方发布为准。` : "以官方发布为准。";
    $("jw-toc").replaceChildren(...said.sections.map((section) => {
      const entry = make("button", section.heading);
      entry.type = "button";
      entry.style.paddingInlineStart = `${0.5 + section.level * 0.75}rem`;
      entry.addEventListener("click", () => inView(section.start));
      return entry;
    }));
    shown = { ...said, letters: said.paragraphs.map((paragraph) => chars(paragraph.text)) };
    paint();
    return shown;
  }

  // What was marked goes with its document or its answer.
  function unmark() {
    active = null;
    $("jw-place").textContent = "点答案里的 [1]，在这里看它在原文中的位置。";
    $("jw-copy").hidden = true;
  }

  // Return the citations of the messages: [{id, start, end, age}], 0 the newest answer's.
  function cited() {
    const messages = [...document.querySelectorAll(".jw-answer, .jw-refusal")].reverse();
    return messages.slice(0, FADING + 1).flatMap((message, age) =>
      [...message.querySelectorAll("a.jw-mark")].map((link) => ({ ...target(link), age })));
  }

  // Return the place that a link carries behind #cite= or #copy=.
  function target(link) {
    const [id, start, end] = link.hash.slice(link.hash.indexOf("=") + 1).split(":");
    return { id: decodeURIComponent(id), start: Number(start), end: Number(end) };
  }

  function paint() {
    if (!shown || !$("jw-text").childElementCount) return;
    const here = cited().filter((span) => span.id === shown.id);
    const headings = shown.sections.map((s) => ({ start: s.start, end: s.body, heading: true }));
    shown.paragraphs.forEach((paragraph, i) => {
      const end = paragraph.start + shown.letters[i].length;
      const spans = [...here, ...headings, ...(active ? [{ ...active, active: true }] : [])]
        .filter((span) => span.start < end && paragraph.start < span.end);
      const between = (from, to) => {
        const cuts = [...new Set([from, to, ...spans.flatMap((s) => [s.start, s.end])])]
          .filter((at) => at >= from && at <= to).sort((a, b) => a - b);
        return cuts.slice(1).map((to, k) => piece(paragraph, i, cuts[k], to, spans));
      };
      const pieces = paragraph.cells
        ? paragraph.cells.map((cell) => framed(cell, between))
        : between(paragraph.start, end);
      const begun = shown.pages.flatMap((at, k) => (owner(at) === i ? [k + 1] : []));
      const marks = begun.map((k) => make("small", `第 ${k} 页`, "jw-page"));
      $("jw-text").children[i].replaceChildren(...marks, ...pieces);
    });
  }

  // Return a cell of a table in its column; what parts it from the next in the text is not shown.
  function framed([from, to, column, columns], between) {
    const made = make("span", "", "jw-td");
    made.style.gridColumn = `${column} / span ${columns}`;
    made.append(...between(from, to));
    return made;
  }

  // Return the paragraph that a page begins at: the first that does not end before it.
  function owner(at) {
    return shown.paragraphs.findIndex((p, i) => at < p.start + shown.letters[i].length);
  }

  function piece(paragraph, i, from, to, spans) {
    const text = shown.letters[i].slice(from - paragraph.start, to - paragraph.start).join("");
    const over = spans.filter((span) => span.start <= from && to <= span.end);
    const ages = over.filter((span) => "age" in span).map((span) => span.age);
    const lit = over.some((span) => span.active);
    const heading = over.some((span) => span.heading);
    if (!lit && !ages.length && !heading) return document.createTextNode(text);
    const kind = lit ? "jw-lit" : ages.length ? `jw-age-${Math.min(...ages)}` : "";
    const made = make(kind ? "mark" : "b", text, kind);
    made.dataset.start = from;
    return made;
  }

  function inView(at) {
    const i = shown.paragraphs.findLastIndex((paragraph) => paragraph.start <= at);
    const paragraph = $("jw-text").children[Math.max(0, i)];
    const mark = [...paragraph.querySelectorAll("mark, b")].find((m) => Number(m.dataset.start) >= at);
    const box = $("jw-text"), spot = (mark || paragraph).getBoundingClientRect();
    const around = box.getBoundingClientRect();
    const beside = spot.right > around.right || spot.left < around.left; // a cell of a wide table
    const left = beside ? box.scrollLeft + spot.left - around.left - around.width / 2 : box.scrollLeft;
    box.scrollTo({ top: box.scrollTop + spot.top - around.top - 48, left });
  }

  // Show a citation: its characters lit and in view, the place above them.
  async function show(span, wanted) {
    try {
      await open(span.id);
    } catch {
      $("jw-place").textContent = "暂时读不到原文，请检查网络后再点一次。";
      return;
    }
    if (wanted && $("jw-pane").closest("[role=tabpanel]")?.offsetParent === null) {
      document.querySelector("button[role=tab]").click(); // a link of another tab
      await new Promise((drawn) => setTimeout(drawn, 80));
    }
    if (shown.id !== span.id) return;
    active = span;
    paint();
    $("jw-place").textContent = place(span);
    $("jw-copy").hidden = false;
    if (wanted && NARROW.matches) sheet(true);
    inView(span.start);
    if (wanted) $("jw-text").focus({ preventScroll: true });
  }

  function place(span) {
    const path = shown.sections.filter((s) => s.start <= span.start && span.start < s.end);
    const i = shown.paragraphs.findLastIndex((paragraph) => paragraph.start <= span.start);
    const page = shown.pages.filter((at) => at <= span.start).length;
    const told = page ? [`第 ${page} 页`] : [];
    return [...path.map((s) => s.heading), ...told, `第 ${shown.paragraphs[i].n} 段`].join(" › ");
  }

  async function quotation(span) {
    await open(span.id);
    const i = shown.paragraphs.findLastIndex((paragraph) => paragraph.start <= span.start);
    const from = shown.paragraphs[i].start;
    const quote = shown.letters[i].slice(span.start - from, span.end - from).join("");
    return `“${quote}”——《${shown.title}》 · ${place(span).replaceAll(" › ", " · ")}`;
  }

  async function copied(span) {
    const text = await quotation(span);
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no permission, or no https: the old way
      const area = make("textarea", text);
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say("已复制引文和出处");
  }

  // ---- the sheet on a phone ----------------------------------------------------------------
  let before = null;
  function sheet(up) {
    $("jw-pane").classList.toggle("jw-up", up);
    if (up && shown === null && $("jw-pane").dataset.first) open($("jw-pane").dataset.first);
    if (up) {
      before = document.activeElement;
      $("jw-close").focus();
    } else if (before) before.focus();
  }

  // ---- what happens ------------------------------------------------------------------------
  function say(text) {
    const live = $("jw-live");
    if (live) live.textContent = text;
  }

  const box = () => document.querySelector("#jw-box textarea");
  function typed(text, send) {
    const area = box();
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
    if (send) setTimeout(() => document.querySelector("#jw-box .submit-button")?.click(), 60);
  }

  const BUTTONS = {
    "jw-close": () => sheet(false),
    "jw-open": () => sheet(true),
    "jw-copy": () => active && copied(active),
  };

  document.addEventListener("change", (event) => {
    if (event.target.id === "jw-choose") open(event.target.value).catch(() => {});
  });

  document.addEventListener("click", (event) => {
    BUTTONS[event.target.id]?.();
    const link = event.target.closest('a[href^="#cite="], a[href^="#copy="], a[href^="#ask="], a[href^="#edit="]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
    event.preventDefault();
    event.stopPropagation(); // Gradio swallows plain fragment links
    const [kind, value] = [link.hash.slice(1, link.hash.indexOf("=")), link.hash.slice(link.hash.indexOf("=") + 1)];
    if (kind === "cite") {
      from = link;
      show(target(link), true);
    }
    if (kind === "copy") copied(target(link));
    if (kind === "ask" || kind === "edit") typed(decodeURIComponent(value), kind === "ask");
  }, true);

  // Escape leads from the document back to the mark that led to it.
  let from = null;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !$("jw-pane")) return;
    if ($("jw-pane").classList.contains("jw-up")) sheet(false);
    else if ($("jw-pane").contains(document.activeElement)) (from?.isConnected ? from : box()).focus();
  });

  // The limit shows while typing, and what is typed outlives a reload or a lost connection.
  document.addEventListener("input", (event) => {
    if (!event.target.closest("#jw-box")) return;
    const long = chars(event.target.value).length, most = Number($("jw-limit").dataset.most);
    $("jw-limit").textContent = long > most * 0.8 ? `${long} / ${most} 字` : "";
    $("jw-limit").classList.toggle("jw-over", long > most);
    sessionStorage.setItem("jinwen-draft", event.target.value);
  }, true);

  // Scroll the chat, and nothing else, so that an answer is seen from its head.
  function headFirst(message) {
    let box = message.parentElement;
    while (box && box.id !== "jw-chat" && box.scrollHeight <= box.clientHeight + 4) box = box.parentElement;
    if (!box) return;
    const top = message.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTo({ top: box.scrollTop + top - 112 });
  }

  let newest = "";
  function answered() {
    const messages = [...document.querySelectorAll(".jw-answer, .jw-refusal")];
    const last = messages.at(-1);
    const told = last ? messages.length + last.textContent : "";
    if (told === newest) return;
    newest = told;
    if (!last) {
      if (active) unmark();
      return paint();
    }
    if (location.search) history.replaceState(null, "", location.pathname + location.hash); // asked
    say((last.querySelector(".jw-short") || last.querySelector("p") || last).textContent);
    sessionStorage.removeItem("jinwen-draft");
    headFirst(last);
    const first = last.querySelector("a.jw-of-cell") || last.querySelector("a.jw-mark");
    if (first && !NARROW.matches) show(target(first), false);
    else paint();
  }

  function drawn() {
    const pane = $("jw-pane");
    if (pane?.dataset.first && !NARROW.matches && !$("jw-text").childElementCount) {
      open(shown ? shown.id : pane.dataset.first).catch(() => {});
    }
    answered();
  }

  function start() {
    if (!$("jw-pane") || !box()) return void setTimeout(start, 100);
    let due = false;
    new MutationObserver(() => {
      if (due) return;
      due = true;
      requestAnimationFrame(() => { due = false; drawn(); });
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    const draft = sessionStorage.getItem("jinwen-draft");
    if (draft && !box().value) typed(draft, false);
    drawn();
    if (location.hash.startsWith("#cite=")) show(target(location), true); // a link to a passage
  }
  start();
})();
