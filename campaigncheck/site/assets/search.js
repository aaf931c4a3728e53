// The search field of every page. What it searches is loaded when somebody first goes to it.
"use strict";

(function () {
  const bar = document.querySelector("header.top"), nav = bar && bar.querySelector("nav");
  if (!nav) return;
  const top = document.currentScript.src.replace(/assets\/search\.js$/, "");
  const chinese = document.documentElement.lang === "zh-CN", root = top + (chinese ? "" : "en/");
  const words = window.campaigncheckSearchWords[chinese ? "zh" : "en"];
  const needed = ["search-data.js", "search-core.js", ...(window.campaigncheckLive ? [] : ["frontline-live.js", "frontline-data.js"])];
  const form = made("form", { id: "finder", class: "finder", role: "search" });
  const field = made("input", {
    id: "find", type: "search", role: "combobox", autocomplete: "off", maxlength: "60", placeholder: words.hint,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "found", "aria-keyshortcuts": "/", "aria-label": words.label,
  });
  const list = made("ul", { id: "found", role: "listbox", "aria-label": words.results, hidden: "" });
  const status = made("p", { id: "found-status", class: "soft", role: "status" });
  let finder = null, wanted = null, chosen = -1, asked = "", cut = 0;
  form.append(field, list, status);
  nav.after(form);

  function made(name, attributes) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  function load(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = top + "assets/" + name;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  function prepare() {
    if (wanted !== null) return;
    status.textContent = words.loading;
    wanted = Promise.all(needed.map(load)).then(() => {
      finder = window.campaigncheckFinder(window.campaigncheckSearchData);
      status.textContent = "";
      search();
    }, () => { status.textContent = words.failed; });
  }

  // Campaigns that are live on the chosen day (on the frontline page) or on the day of the site come first.
  function live() {
    const data = window.campaigncheckFrontline;
    const day = document.documentElement.dataset.day || data.today;
    const place = document.documentElement.dataset.place;
    const found = new Set(window.campaigncheckLive(data, day, place).map((item) => item.case));
    return (number) => found.has(number);
  }

  function marked(parent, text, tail) {
    let at = 0;
    for (const [from, to] of finder.spans(asked, text)) {
      if (tail && cut === 0 && from > 40) { at = from - 20; parent.append("…"); }
      cut = 1;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      parent.append(text.slice(at, from), mark);
      at = to;
    }
    parent.append(tail && text.length > at + 80 ? text.slice(at, at + 80) + "…" : text.slice(at));
  }

  function option(hit, at) {
    const [number, , now] = hit, entry = finder.entry(number);
    const item = document.createElement("li"), line = document.createElement("b"), more = document.createElement("span");
    const from = document.createElement("small");
    item.id = "found-" + at;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.href = root + "c/" + entry.page + ".html" + (entry.kind === "campaign" || entry.kind === "code" ? "" : "#faq");
    item.className = now ? "now" : "later";
    line.lang = more.lang = "zh-CN";
    cut = 1;
    marked(line, entry.asked, false);
    cut = 0;
    marked(more, entry.answered, true);
    from.textContent = words[entry.kind] + " · " + (now ? words.on_offer + " · " : "") + entry.name;
    item.append(line, more, from);
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => { location.href = item.dataset.href; });
    return item;
  }

  function search() {
    if (finder === null) return;
    asked = field.value;
    choose(-1);
    const hits = asked.trim() ? finder.find(asked, live()) : [];
    list.replaceChildren(...hits.map(option));
    show(hits.length > 0);
    status.textContent = asked.trim() === "" ? "" : hits.length ? words.count.replace("{count}", () => hits.length) : words.none;
  }

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }

  function choose(at) {
    const options = list.children;
    if (options[chosen]) options[chosen].setAttribute("aria-selected", "false");
    chosen = at;
    if (at < 0) { field.removeAttribute("aria-activedescendant"); return; }
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[at].id);
  }

  function move(by) {
    const size = list.children.length;
    if (size === 0) return;
    show(true);
    choose(chosen < 0 ? (by > 0 ? 0 : size - 1) : (chosen + by + size) % size);
  }

  field.addEventListener("focus", prepare);
  field.addEventListener("input", search);
  field.addEventListener("blur", () => show(false));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Escape") { show(false); status.textContent = ""; }
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const option = list.children[Math.max(chosen, 0)];
    if (option && !list.hidden) location.href = option.dataset.href;
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    field.focus();
  });
})();
