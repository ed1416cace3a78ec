/* What the page does in the browser: citations, the document panel, copying, light and dark. */
(() => {
  "use strict";
  const isDark = () => document.body.classList.contains("dark");

  function goTo(id, from) {
    const card = document.getElementById(id);
    if (!card) return;
    const folded = card.closest("details");
    if (folded) folded.open = true;
    document.querySelectorAll(".card.chosen").forEach((other) => other.classList.remove("chosen"));
    card.classList.add("chosen");
    card.scrollIntoView({ block: "nearest", behavior: "smooth" });
    card.focus({ preventScroll: true });
    card._from = from;
  }

  let panel = null;
  function openPanel() {
    if (panel) return panel;
    panel = document.createElement("dialog");
    panel.id = "reader";
    panel.setAttribute("aria-label", "原文");
    const bar = document.createElement("div");
    bar.className = "bar";
    const title = document.createElement("strong");
    const outside = document.createElement("a");
    outside.target = "_blank";
    outside.rel = "noopener";
    outside.textContent = "在新窗口打开";
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "关闭";
    close.addEventListener("click", () => panel.close());
    bar.append(title, outside, close);
    const frame = document.createElement("iframe");
    frame.title = "原文";
    panel.append(bar, frame);
    panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
    panel.addEventListener("close", () => { frame.src = "about:blank"; });
    document.body.append(panel);
    return panel;
  }

  function openDocument(link) {
    const url = new URL(link.href);
    url.searchParams.set("theme", isDark() ? "dark" : "light");
    const dialog = openPanel();
    dialog.querySelector("iframe").src = url.href;
    dialog.querySelector("a").href = url.href;
    const card = link.closest(".card");
    dialog.querySelector("strong").textContent =
      (card && card.querySelector("h4").textContent) || (card ? "" : link.textContent);
    dialog.showModal();
  }

  function fallbackCopy(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  function say(button, words) {
    if (!button) return;
    const before = button.dataset.label || button.textContent;
    button.dataset.label = before;
    button.textContent = words;
    setTimeout(() => { button.textContent = before; }, 1500);
  }

  async function copy() {
    const source = document.getElementById("plain-answer");
    const text = source ? source.textContent.trim() : "";
    const button = document.getElementById("copy");
    if (!text) { say(button, "还没有回答"); return; }
    try { await navigator.clipboard.writeText(text); } catch (_) { fallbackCopy(text); }
    say(button, "已复制");
  }

  function switchTheme() {
    document.body.classList.toggle("dark");
    try { localStorage.setItem("cewen-theme", isDark() ? "dark" : "light"); } catch (_) { /* not kept */ }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a, [data-act]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const href = link.getAttribute("href") || "";
    if (href.startsWith("#ref-")) {
      event.preventDefault();
      event.stopPropagation();
      goTo(href.slice(1), link);
    } else if (link.matches("a.open") && typeof HTMLDialogElement !== "undefined") {
      event.preventDefault();
      event.stopPropagation();
      openDocument(link);
    } else if (link.dataset.act === "theme") {
      switchTheme();
    } else if (link.dataset.act === "back") {
      const card = link.closest(".card");
      const from = card && card._from;
      (from && from.isConnected ? from : document.getElementById("chat")).scrollIntoView({ block: "center" });
    }
  }, true);

  function restoreTheme() {
    let kept = null;
    try { kept = localStorage.getItem("cewen-theme"); } catch (_) { /* none kept */ }
    if (kept) document.body.classList.toggle("dark", kept === "dark");
  }

  /* What stands on the 起草答复 tab, kept by this browser until "新起草" is pressed: the open draft's
     name, and the fields. */
  const OPEN = "cewen-draft-open", FIELDS = "cewen-draft-fields";
  let recalled = false;  /* fields that are still empty because the page is new must not be kept */
  function put(name, words) {
    try { localStorage.setItem(name, words); } catch (_) { /* not kept */ }
  }
  function remember(fields) {
    if (recalled) put(FIELDS, JSON.stringify(fields));
    return [];
  }
  function recall() {
    recalled = true;
    try {
      const fields = JSON.parse(localStorage.getItem(FIELDS) || "[]");
      return JSON.stringify([localStorage.getItem(OPEN) || "", ...fields]);
    } catch (_) { return ""; }
  }

  window.cewen = { copy, restoreTheme, remember, recall, rememberOpen: (name) => put(OPEN, name),
    draftKey: () => "", draftSaved: async () => true, draftIdle() {} };
})();
