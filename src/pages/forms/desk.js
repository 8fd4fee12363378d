"use strict";
// Keys for the editor's desk; the page does everything without them.
// Nothing here asks any server for anything.
(() => {
  const groups = [...document.querySelectorAll("[data-group]")];
  const verdicts = { a: "adopt", l: "alongside", d: "decline", s: "same as", q: "ask" };
  const open = (details) => { if (details) details.open = true; };
  const go = (element) => {
    if (!element) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
  };
  // The group one is in, or else the first one below the top of the window.
  const current = () => {
    const inside = document.activeElement?.closest("[data-group]");
    if (inside) return groups.indexOf(inside);
    const below = groups.findIndex((g) => g.getBoundingClientRect().bottom > 10);
    return below < 0 ? groups.length - 1 : below;
  };
  const started = () => document.activeElement?.closest("[data-group]");
  const step = (by) => go(groups[Math.min(groups.length - 1, Math.max(0, current() + (started() ? by : 0)))]);
  const choose = (verdict) => {
    const group = groups[current()];
    const button = group && [...group.querySelectorAll("input[name=verdict]")].find((b) => b.value === verdict);
    if (!button) return;
    button.checked = true;
    if (verdict === "same as") {
      const same = group.querySelector("[name=same_as]");
      open(same.closest("details"));
      same.focus();
    } else {
      group.querySelector("[name=reason]").focus();
    }
  };
  // The letter that stands on the key in English, where the keyboard writes another script.
  const letter = (e) => e.key.length === 1 && e.key > "~" && /^Key[A-Z]$/.test(e.code) ? e.code.slice(3).toLowerCase() : e.key;
  // A form is sent once, however often the keys are pressed.
  let sending = false;
  addEventListener("submit", (e) => { if (sending) e.preventDefault(); sending = true; });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("keydown", (e) => {
    const field = e.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      const form = e.target.closest?.("form") ?? started()?.querySelector("form");
      if (form) { e.preventDefault(); if (!e.repeat) form.requestSubmit(); }
      return;
    }
    // After the reply that says the same comes the reason.
    if (e.key === "Enter" && e.target.name === "same_as") { e.preventDefault(); e.target.form.querySelector("[name=reason]").focus(); return; }
    if (e.key === "Escape" && field) { field.closest("[data-group]")?.focus(); return; }
    if (field || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    const key = letter(e);
    if (groups.length === 0 && key !== "u" && key !== "?") return;
    if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "u") { const last = document.getElementById("last"); open(last?.parentElement.querySelector("details")); go(last); }
    else if (key === "?") { const keys = document.getElementById("keys"); open(keys); go(keys?.querySelector("summary")); }
    else if (Object.hasOwn(verdicts, key)) choose(verdicts[key]);
    else return;
    e.preventDefault();
  });
  // Where an address leads to a group, one goes on there; to the first, where it is gone.
  if (location.hash.startsWith("#group-")) go(document.getElementById(location.hash.slice(1)) ?? groups[0]);
  document.getElementById("troubles")?.focus();

  // Words that are selected in the passage are taken over into the field.
  for (const passage of document.querySelectorAll("[data-select]")) {
    const field = document.getElementById(passage.dataset.select);
    document.addEventListener("selectionchange", () => {
      const words = variorumSelected(passage);
      if (words) field.value = words;
    });
  }
})();
