"use strict";
// What makes the room easier; every page but the search works without it.
// Nothing here asks any server for anything.

// The words of an element that are selected, without the marks of notes between them.
globalThis.variorumSelected = (element) => {
  const chosen = getSelection();
  if (!element || !chosen || chosen.rangeCount === 0 || chosen.isCollapsed) return "";
  const range = chosen.getRangeAt(0).cloneRange(), whole = document.createRange();
  whole.selectNodeContents(element);
  if (!range.intersectsNode(element)) return "";
  // A triple click ends in the next paragraph.
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(whole.startContainer, whole.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(whole.endContainer, whole.endOffset);
  const words = range.cloneContents();
  for (const mark of words.querySelectorAll(".ref, .gap, .older")) mark.remove();
  return words.textContent.trim();
};

(() => {
  const all = (selector) => document.querySelectorAll(selector);

  // The view that was chosen stays chosen from page to page.
  const views = all("input[name=view]");
  try {
    const kept = localStorage.getItem("view");
    for (const v of views) {
      if (v.value === kept) v.checked = true;
      v.addEventListener("change", () => { try { localStorage.setItem("view", v.value); } catch { /* not kept */ } });
    }
  } catch { /* a browser that keeps nothing */ }

  // What is meant to be copied gets a button.
  if (navigator.clipboard) {
    for (const place of all("[data-copy]")) {
      const text = place.textContent;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = place.dataset.copyLabel;
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(text);
          button.textContent = place.dataset.copy;
        } catch { button.hidden = true; }
      });
      place.after(button);
    }
  }

  // Words that are selected in the passage go with an editor to the form. They are
  // read when the pointer goes down: what follows may undo the selection.
  const longest = 1200;
  const passage = document.querySelector(".passage");
  for (const link of all("[data-selects]")) {
    const take = () => {
      const to = new URL(link.href), words = variorumSelected(passage);
      if (words && words.length <= longest) to.searchParams.set("quote", words);
      else to.searchParams.delete("quote");
      link.href = to.href;
    };
    link.addEventListener("pointerdown", take);
    // By key there was no pointer.
    link.addEventListener("click", (e) => { if (e.detail === 0) take(); });
  }

  // A reply by letter: the boxes fill in the form, which stays readable below.
  const boxes = document.querySelector("[data-compose]");
  const blank = document.querySelector("[data-form]");
  if (boxes && blank) {
    const letter = document.querySelector("[data-letter]"), file = document.querySelector("[data-file]");
    const empty = blank.textContent;
    // As mail wants line ends (RFC 6068).
    const escaped = (s) => encodeURIComponent(s).replace(/%0A/g, "%0D%0A");
    const fill = () => {
      let form = empty;
      for (const box of boxes.querySelectorAll("[data-part]")) {
        const value = box.type === "checkbox" ? (box.checked ? "yes" : "no") : box.value.trim();
        const lines = value.split(/\r?\n/).map((l, n) => (n === 0 ? l : l === "" ? "" : "  " + l));
        const at = form.lastIndexOf("\n" + box.dataset.part + ":");
        if (at < 0) continue;
        const end = form.indexOf("\n", at + 1);
        form = form.slice(0, at + 1) + box.dataset.part + ": " + lines.join("\n") + form.slice(end < 0 ? form.length : end);
      }
      blank.textContent = form;
      letter.href = letter.dataset.letter + escaped(form.slice(form.indexOf("\n\n") + 2));
      file.href = "data:text/plain;charset=utf-8," + escaped(form);
    };
    boxes.hidden = false;
    boxes.addEventListener("input", fill);
    boxes.addEventListener("submit", (e) => e.preventDefault());
  }

  // Search: every passage is looked through; marks, capitals and accents do not count.
  const texts = [];
  const fold = (s) => {
    // One character stays one, so that places in the folded text are places in the text.
    let out = "";
    for (const c of s) {
      const plain = c.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
      out += plain.length === c.length ? plain : c.toLowerCase().length === c.length ? c.toLowerCase() : c;
    }
    return out.replace(/[’‘]/g, "'").replace(/[“”«»]/g, '"').replace(/\s/g, " ");
  };
  globalThis.variorumText = (siglum, title, language, passages) => {
    texts.push({ siglum, title, language, passages });
  };
  const form = document.querySelector("[data-search]");
  if (form) {
    const most = 60, around = 80;
    const input = form.querySelector("input"), found = document.querySelector("[data-found]"), status = document.querySelector("[data-status]");
    const root = document.body.dataset.root;
    const folded = new Map();
    const look = () => {
      found.replaceChildren();
      status.textContent = "";
      const wanted = fold(input.value.trim().replace(/\s+/g, " "));
      if (wanted.length < 2) return;
      let count = 0;
      for (const text of texts) {
        if (!folded.has(text)) folded.set(text, text.passages.map((p) => fold(p[2])));
        const plain = folded.get(text);
        for (let n = 0; n < plain.length; n++) {
          const at = plain[n].indexOf(wanted);
          if (at < 0) continue;
          count++;
          if (count > most) continue;
          const [path, address, words] = text.passages[n];
          const item = document.createElement("li"), link = document.createElement("a"), mark = document.createElement("mark"), bdi = document.createElement("bdi");
          link.href = root + path;
          link.textContent = address;
          mark.textContent = words.slice(at, at + wanted.length);
          if (text.language) bdi.lang = text.language;
          bdi.append((at > around ? "…" : "") + words.slice(Math.max(0, at - around), at), mark, words.slice(at + wanted.length, at + wanted.length + around) + "…");
          item.append(link, " ", bdi);
          found.append(item);
        }
      }
      status.textContent = count === 0 ? form.dataset.none : count > most ? most + " / " + count + " (" + form.dataset.more + ")" : String(count);
    };
    let waiting;
    form.hidden = false;
    form.addEventListener("submit", (e) => { e.preventDefault(); look(); });
    input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 120); });
    addEventListener("load", () => {
      const asked = new URLSearchParams(location.search).get("q");
      if (asked) { input.value = asked; look(); }
    });
  }
})();
