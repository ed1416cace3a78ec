/* The draft in the browser: sentences are edited where they stand; what is typed is kept at once.
   Gradio hands over element, trigger, server and watch. */
const PLACE = "cewen-edits:";
const sheet = () => element.querySelector(".draft-desk");
const spans = () => Array.from(element.querySelectorAll(".said"));

function kept() {
  const name = sheet() && sheet().dataset.draft;
  try { return (name && JSON.parse(localStorage.getItem(PLACE + name))) || {}; } catch (_) { return {}; }
}

function keep(edits) {
  const name = sheet() && sheet().dataset.draft;
  if (!name) return;
  try {
    if (Object.keys(edits).length) localStorage.setItem(PLACE + name, JSON.stringify(edits));
    else localStorage.removeItem(PLACE + name);
  } catch (_) { /* the browser keeps nothing: the edit is still saved when the sentence is left */ }
}

function say(words) {
  const line = element.querySelector(".draft-state");
  if (line) line.textContent = words;
}

const typed = (span) => span.innerText.replace(/\s+/g, " ").trim();

function note(span) {
  const edits = kept(), words = typed(span);
  if (words && words !== span.dataset.said) edits[span.dataset.said] = { at: +span.dataset.at, words };
  else delete edits[span.dataset.said];
  keep(edits);
  span.classList.toggle("unsaved", span.dataset.said in edits);
  if (span.dataset.said in edits) say("修改尚未保存");
}

/* Show one saved sentence: its words, its check. */
function show(one) {
  const span = element.querySelector(`.said[data-at="${one.at}"]`);
  if (!span) return;
  if (typed(span) === one.asked || document.activeElement !== span) {
    if (document.activeElement !== span) span.textContent = one.text;
    span.classList.remove("unsaved");
  }
  span.dataset.said = one.text;
  span.classList.toggle("to-fill", one.to_fill);
  const remark = span.parentElement.querySelector(`[data-remark="${one.at}"]`);
  if (remark) { remark.textContent = one.remark; remark.className = `remark ${one.look}`; }
}

async function send() {
  const desk = sheet(), edits = kept(), all = Object.entries(edits);
  if (!desk || !all.length) return true;
  say("正在核对…");
  const asked = all.map(([before, one]) => ({ before, at: one.at, words: one.words }));
  let told;
  try {
    told = await server.save_edits({ draft: desk.dataset.draft, version: +desk.dataset.version, edits: asked });
  } catch (_) {
    say("没有连上服务，修改留在本机，稍后再试");
    return false;
  }
  if (told.error) { say(told.error); return false; }
  const now = kept();
  for (const one of asked) if (now[one.before] && now[one.before].words === one.words) delete now[one.before];
  desk.dataset.version = told.version;
  told.sentences.forEach(show);
  keep(now);
  element.querySelectorAll("a.take").forEach((link) => {
    link.href = link.href.replace(/\/\d+(\.\w+)$/, `/${told.version}$1`);
  });
  const marks = element.querySelector(".to-fill-in");
  if (marks) marks.innerHTML = told.placeholders;
  say(`已存为第 ${told.version} 稿`);
  trigger("saved", { draft: desk.dataset.draft });
  return true;
}

let sending = Promise.resolve(true);
const save = () => (sending = sending.then(send, send));

/* Put back what was typed and not yet saved, then save it. */
function restore() {
  let waiting = false;
  for (const [before, one] of Object.entries(kept())) {
    const same = spans().filter((span) => span.dataset.said === before);
    const span = same.find((span) => +span.dataset.at === one.at) || same[0];
    if (!span || document.activeElement === span) continue;
    span.textContent = one.words;
    span.classList.add("unsaved");
    waiting = true;
  }
  if (waiting) save();
}

/* An emptied sentence is one that the user wants gone. */
function leave(span) {
  if (typed(span)) { note(span); save(); return; }
  const edits = kept();
  delete edits[span.dataset.said];
  keep(edits);
  if (element.querySelector(".busy")) { span.textContent = span.dataset.said; return; }
  act({ do: "remove", at: span.dataset.at, doing: "正在删去一句…" });
}

async function act(what) {
  if (element.querySelector(".busy") || !(await save())) return;
  sheet().classList.add("busy");
  say(what.doing || "正在更新草稿…");
  trigger("act", { draft: sheet().dataset.draft, version: sheet().dataset.version, ...what });
}

const unfolded = new Set();
element.addEventListener("toggle", (event) => {
  const key = event.target.dataset && event.target.dataset.key;
  if (key && event.target.open) unfolded.add(key);
  else if (key && !drawing) unfolded.delete(key);
}, true);
let drawing = false;
function redrawn() {
  drawing = true;
  element.querySelectorAll("details[data-key]").forEach((one) => { one.open = unfolded.has(one.dataset.key); });
  setTimeout(() => { drawing = false; }, 50);
  window.cewen.rememberOpen(sheet() ? sheet().dataset.draft : "");
  restore();
}

element.addEventListener("input", (event) => {
  const span = event.target.closest(".said");
  if (span) note(span);
});
element.addEventListener("focusout", (event) => {
  const span = event.target.closest(".said");
  if (span) leave(span);
});
element.addEventListener("keydown", (event) => {
  const span = event.target.closest(".said");
  if (!span || event.isComposing) return;
  if (event.key === "Enter") { event.preventDefault(); span.blur(); }
  if (event.key === "Escape") { span.textContent = span.dataset.said; note(span); span.blur(); }
});
element.addEventListener("click", async (event) => {
  const tool = event.target.closest("[data-do]"), link = event.target.closest("a.take");
  if (tool) {
    event.preventDefault();
    act({ ...tool.dataset });
  } else if (link && Object.keys(kept()).length) {
    event.preventDefault();
    if (await save()) window.open(link.href, "_blank", "noopener");
  }
});
Object.assign(window.cewen, {
  draftKey: () => (sheet() ? `${sheet().dataset.draft}/${sheet().dataset.version}` : ""),
  draftSaved: save,
  draftIdle: () => sheet() && sheet().classList.remove("busy"),
});
watch("value", redrawn);
restore();
