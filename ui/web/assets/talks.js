// The conversations that a browser keeps, of all its tabs together. A tab writes what it changed
// since it last read or wrote, and nothing else: of each conversation the last to write wins, and
// nobody brings back what another tab has deleted. Which one goes on is each tab's own.
window.jinwenTalks = (() => {
  "use strict";
  const KEY = "jinwen-talks";
  const MOST_TALKS = 60, MOST_CHARS = 30000, TITLE_CHARS = 40; // as ui/web/talks.py has it
  let known = new Map(); // id -> JSON of a conversation, as this tab last saw it

  const told = (talks) => new Map(talks.map((talk) => [talk.id, JSON.stringify(talk)]));

  function stored() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      const talks = Array.isArray(kept.talks) ? kept.talks.filter((talk) => talk && talk.id) : [];
      return { current: kept.current || "", talks };
    } catch {
      return { current: "", talks: [] }; // none, damaged, or a browser that keeps nothing
    }
  }

  function fitting(talks) {
    let size = 0; // several tabs may keep more than one request can carry
    const chars = (talk) => [...(talk.questions || []).join("")].length + TITLE_CHARS;
    return talks.slice(0, MOST_TALKS).filter((talk) => (size += chars(talk)) <= MOST_CHARS);
  }

  function read() {
    const kept = stored();
    known = told(kept.talks);
    let own = null;
    try {
      own = sessionStorage.getItem(KEY);
    } catch {}
    return { ...kept, current: own ?? kept.current };
  }

  function write(mine) {
    if (!mine || !Array.isArray(mine.talks)) return;
    const now = told(mine.talks);
    const changed = mine.talks.filter((talk) => known.get(talk.id) !== now.get(talk.id));
    const ids = new Set(changed.map((talk) => talk.id));
    const left = (talk) => !ids.has(talk.id) && !(known.has(talk.id) && !now.has(talk.id));
    const talks = fitting([...changed, ...stored().talks.filter(left)]);
    known = now;
    try {
      localStorage.setItem(KEY, JSON.stringify({ current: mine.current, talks }));
      sessionStorage.setItem(KEY, mine.current);
    } catch {} // full or forbidden: the conversation goes on without
  }

  return { read, write };
})();
