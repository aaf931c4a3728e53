// The page's own script: sends what is written, shows what is found. Everything that comes from a spec is put in as text.
import { makeEditor } from "./editor.js";

const given = JSON.parse(document.body.dataset.given);
const words = given.words;
const at = (id) => document.getElementById(id);
const DEBOUNCE = 300, AGAIN = 1500, LOOK = 4000;

/** A sentence with its values put in. */
function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
}

/** An element with a class and some content, which is text wherever it is no element. */
function make(kind, name, ...content) {
  const made = document.createElement(kind);
  if (name) made.className = name;
  made.append(...content.filter((item) => item !== null));
  return made;
}

/** Ask the server; refusals come back as errors with what to tell. */
async function ask(path, options = {}) {
  const { body, type = "application/json", query = {}, signal } = options;
  const address = `api/${path}?${new URLSearchParams({ lang: given.lang, ...query })}`;
  const headers = { "X-Campaigncheck-Token": given.token };
  if (body !== undefined) headers["Content-Type"] = type;
  const method = body === undefined ? "GET" : "POST";
  const reply = await fetch(address, { method, headers, body, signal, cache: "no-store", credentials: "omit", redirect: "error" });
  if (reply.ok) return reply;
  const told = await reply.json().catch(() => null);
  const failed = new Error(told ? say("again", told.error) : say("offline"));
  failed.status = reply.status;
  failed.told = Boolean(told);
  throw failed;
}

const json = (value) => JSON.stringify(value);

// --- what is being written
let path = null; // the file of the repository that was opened
let opened = ""; // the digest of its text as it was opened
let kept = ""; // the text as it was last opened, downloaded or saved
let name = ""; // what an upload was called
let last = null; // the last answer

// --- checking: one at a time per kind, an answer that is out of date is dropped
class Line {
  constructor(kind, shown, failed) {
    Object.assign(this, { kind, shown, failed, number: 0, going: null, timer: 0 });
  }

  soon(wait = DEBOUNCE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), wait);
  }

  async now() {
    clearTimeout(this.timer);
    this.going?.abort();
    const mine = ++this.number;
    const going = this.going = new AbortController();
    try {
      const reply = await ask(this.kind, { body: json({ text: editor.text(), path }), signal: going.signal });
      const found = await reply.json();
      if (mine === this.number) this.shown(found);
    } catch (error) {
      if (mine !== this.number || error.name === "AbortError") return;
      this.failed(error.status ? error.message : say("offline"));
      if (!error.status || [409, 503].includes(error.status)) this.soon(AGAIN);
    }
  }

  stop() {
    clearTimeout(this.timer);
    this.going?.abort();
    this.number += 1;
  }
}

const check = new Line("check", showReport, showFailure);
const sheet = new Line("sheet", showSheet, noSheet);
const beside = new Line("neighbours", showNeighbours, (message) => at("neighbours").replaceChildren(make("p", "soft", message)));

const editor = makeEditor(at("editor"), {
  label: at("editor").dataset.label,
  describedBy: "keys",
  nonce: given.nonce,
  phrases: given.phrases,
  onChange: changed,
  keys: [{ key: "Mod-s", preventDefault: true, run: () => { (at("save") ?? at("download")).click(); return true; } }],
});

function changed(text) {
  if (!text.trim()) return showNothing();
  at("verdict").setAttribute("aria-busy", "true");
  if (!last) at("verdict").textContent = say("checking");
  check.soon();
  refreshShown();
}

function refreshShown(wait = DEBOUNCE * 2) {
  if (!editor.text().trim()) return;
  if (!at("sheet").hidden) sheet.soon(wait);
  if (!at("neighbours").hidden) beside.soon(wait);
}

function showNothing() {
  for (const line of [check, sheet, beside]) line.stop();
  last = null;
  editor.mark([]);
  at("verdict").removeAttribute("aria-busy");
  at("verdict").textContent = say("start");
  at("verdict").parentElement.className = "verdict";
  for (const id of ["findings", "neighbours", "which"]) at(id).replaceChildren();
  at("handling").hidden = true;
  noSheet(say("start"));
}

// --- results
function showReport(found) {
  last = found;
  const { report } = found;
  const mine = report.findings.filter((item) => item.path === found.path);
  const others = report.findings.filter((item) => item.path !== found.path);
  editor.mark(mine.filter((item) => !item.waived).map((item) => ({ ...item, source: item.rule })));
  showVerdict(found);
  const parts = [mine.length ? list(mine, found) : make("p", "soft", say("none"))];
  if (others.length) parts.push(make("h3", "", say("in_others")), list(others, found));
  at("findings").replaceChildren(...parts);
}

function showVerdict(found) {
  const { summary, campaigns } = found.report;
  const counts = say("counts", summary) + (summary.waived ? say("waived_count", summary) : "");
  at("verdict").removeAttribute("aria-busy");
  at("verdict").replaceChildren(make("b", "", say(`verdict_${found.verdict}`)), counts);
  at("verdict").parentElement.className = `verdict ${found.verdict}`;
  at("which").textContent = found.id ? say(found.there ? "version_of" : "new_at", found) : "";
  const minutes = campaigns.find((item) => item.path === found.path)?.handling_minutes;
  at("handling").hidden = found.limits.mean === undefined;
  at("minutes").textContent = minutes
    ? say("minutes", { ...minutes, limit_mean: found.limits.mean, limit_p90: found.limits.p90 })
    : say("no_minutes");
}

function list(findings, found) {
  return make("ul", "list", ...findings.map((item) => entry(item, found)));
}

function entry(item, found) {
  const own = item.path === found.path;
  const where = own ? make("button", "", say("line", item)) : make("span", "soft", titled(item, found));
  if (own) {
    where.type = "button";
    where.addEventListener("click", () => editor.go(item));
  }
  const made = make("li", item.waived ? `waived ${item.severity}` : item.severity,
    make("span", "tag", say(`severity_${item.severity}`)), make("span", "rule", item.rule), where,
    make("p", "said", item.message), make("p", "hint", say("hint", item)));
  if (item.waived) made.append(make("p", "hint", say("waived", item.waiver)));
  for (const other of item.related) {
    const spot = other.path === found.path ? say("line", other) : titled(other, found);
    made.append(make("p", "see", say("see", { where: spot, message: other.message })));
  }
  return made;
}

function titled(item, found) {
  const title = found.titles[item.path];
  return title ? say("in_title", { ...item, title }) : say("line_of", item);
}

function showFailure(message) {
  at("verdict").removeAttribute("aria-busy");
  at("verdict").textContent = message;
  at("verdict").parentElement.className = "verdict";
}

function showNeighbours(found) {
  const parts = [];
  if (!found.understood) parts.push(make("p", "soft", say("not_yet")));
  else if (!found.count) parts.push(make("p", "soft", say("nobody")));
  else parts.push(make("p", "soft", say("beside", found)));
  if (found.campaigns.length) {
    parts.push(make("ul", "list", ...found.campaigns.map((item) => make("li", "",
      make("b", "", item.title), " ", make("span", "soft", say(`stage_${item.stage}`)),
      make("p", "said", `${item.days} · ${item.cities}`), make("p", "hint", item.witness), make("p", "see", item.path)))));
  }
  if (found.count > found.campaigns.length) parts.push(make("p", "soft", say("beside_more", { shown: found.campaigns.length })));
  at("neighbours").replaceChildren(...parts);
}

function showSheet(found) {
  if (found.html === null) return noSheet(say("not_yet"));
  at("no-sheet").hidden = true;
  at("preview").hidden = false;
  // Styles pass by the page's own nonce; in what the spec says there is no markup, and nothing runs in the frame anyway.
  const html = found.html.replaceAll("<style>", `<style nonce="${given.nonce}">`);
  if (at("preview").srcdoc !== html) at("preview").srcdoc = html;
}

function noSheet(message) {
  at("preview").hidden = true;
  at("no-sheet").hidden = false;
  at("no-sheet").textContent = message;
}

// --- tabs
const tabs = [...document.querySelectorAll("[role=tab]")];

function choose(tab) {
  for (const other of tabs) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
    at(other.getAttribute("aria-controls")).hidden = other !== tab;
  }
  refreshShown(0);
}

tabs.forEach((tab, number) => {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = { Home: tabs[0], End: tabs.at(-1) }[event.key] ?? (step && tabs[(number + step + tabs.length) % tabs.length]);
    if (!next) return;
    event.preventDefault();
    next.focus();
    choose(next);
  });
});

// --- opening
function tell(message) {
  at("said").textContent = message;
}

const dirty = () => editor.text() !== kept && editor.text().trim() !== "";
const mayReplace = () => !dirty() || window.confirm(say("discard"));

function take(found, called) {
  path = found.path;
  name = called;
  opened = found.digest ?? "";
  editor.replace(found.text);
  kept = editor.text();
  last = null;
  if (found.text.trim()) check.now();
  else showNothing();
  tell(say("opened", { name: called }));
  const told = found.told.map((item) => make("li", item.severity, make("span", "tag", say(`severity_${item.severity}`)), make("code", "", item.cell), make("p", "said", item.message), make("p", "hint", say("hint", item))));
  at("told").replaceChildren(...(told.length ? [make("p", "", say("from_book")), make("ul", "list", ...told)] : []));
  at("told").hidden = !told.length;
}

async function upload(file) {
  if (file.size > given.most) return tell(say("too_large", { limit: given.most / 2 ** 20 }));
  if (!mayReplace()) return;
  try {
    const reply = await ask("upload", { body: await file.arrayBuffer(), type: "application/octet-stream", query: { name: file.name } });
    take(await reply.json(), file.name);
    at("from").value = "";
  } catch (error) {
    tell(error.status ? error.message : say("offline"));
  }
}

at("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) await upload(file);
  event.target.value = "";
});

for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (![...event.dataTransfer.items].some((item) => item.kind === "file")) return;
    event.preventDefault();
    event.stopPropagation();
    if (kind === "drop") upload(event.dataTransfer.files[0]);
  }, true);
}

at("from").addEventListener("change", async (event) => {
  const wanted = event.target.value;
  if (!wanted) return;
  if (!mayReplace()) {
    event.target.value = path ?? "";
    return;
  }
  try {
    const reply = await ask("open", { body: json({ path: wanted }) });
    take(await reply.json(), wanted);
  } catch (error) {
    tell(error.status ? error.message : say("offline"));
  }
});

async function fill() {
  const reply = await ask("campaigns");
  const { campaigns } = await reply.json();
  const choices = campaigns.map((item) => {
    const made = make("option", "", item.title ? `${item.title} · ${item.path}` : item.path);
    made.value = item.path;
    return made;
  });
  const chosen = at("from").value;
  at("from").replaceChildren(at("from").options[0], ...choices);
  at("from").value = campaigns.some((item) => item.path === chosen) ? chosen : "";
}

// --- keeping
function filename(suffix) {
  const whole = last?.id || (path ?? name).split("/").at(-1).replace(/\.[^.]*$/, "") || "campaign";
  return whole.replace(/[^\p{L}\p{N}._-]/gu, "_") + suffix;
}

function download(content, type, called) {
  const link = make("a", "");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = called;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  tell(say("downloaded", { name: called }));
}

at("download").addEventListener("click", () => {
  kept = editor.text();
  download(kept, "application/yaml", filename(".yaml"));
});

at("workbook").addEventListener("click", async () => {
  try {
    const reply = await ask("workbook", { body: json({ text: editor.text(), path }) });
    download(await reply.arrayBuffer(), reply.headers.get("Content-Type"), filename(".xlsx"));
  } catch (error) {
    tell(error.status ? error.message : say("offline"));
  }
});

at("save")?.addEventListener("click", async () => {
  const text = editor.text();
  try {
    const reply = await ask("save", { body: json({ text, path, opened }) });
    const found = await reply.json();
    [path, opened, kept] = [found.path, found.digest, text];
    tell(say("saved", found));
  } catch (error) {
    tell(error.status ? error.message : say("offline"));
  }
});

window.addEventListener("beforeunload", (event) => {
  if (dirty()) event.preventDefault();
});

// --- the repository may change meanwhile
let generation = null;

async function look() {
  try {
    if (document.hidden) return;
    const state = await (await ask("state")).json();
    const wrong = state.problems.map((item) => say("again", item)).join("\n");
    at("trouble").hidden = !wrong;
    at("trouble").textContent = wrong ? `${say("stale")}\n${wrong}` : "";
    at("today").textContent = state.today;
    if (state.generation === generation) return;
    const first = generation === null;
    generation = state.generation;
    await fill();
    if (!first && editor.text().trim()) check.now();
  } catch (error) {
    if (!error.status || error.status === 403) {
      at("trouble").hidden = false;
      at("trouble").textContent = error.status ? error.message : say("offline");
    }
  }
}

showNothing();
look();
setInterval(look, LOOK);
document.addEventListener("visibilitychange", look);
