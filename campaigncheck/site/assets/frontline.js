// What is live in a city or hall on a day, chosen from data; a choice may stand in the address: #place=510100&day=2026-12-24
"use strict";

(function () {
  const form = document.getElementById("choose"), data = window.campaigncheckFrontline;
  if (!form || !data) return;
  const place = document.getElementById("place"), day = document.getElementById("day");
  const told = document.getElementById("told"), offers = document.getElementById("offers");
  const root = document.documentElement, text = offers.dataset;
  const first = window.campaigncheckDay(data.today);
  form.hidden = false;
  document.getElementById("shown").hidden = false;

  function fill(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  }

  function dated(offset) {
    return new Date((first + offset) * 86400000).toISOString().slice(0, 10);
  }

  function element(name, content, href) {
    const made = document.createElement(name);
    made.textContent = content;
    if (href) made.href = href;
    return made;
  }

  // Names of campaigns, offers and halls are Chinese on English pages, too.
  function own(made) {
    if (root.lang !== "zh-CN") made.lang = "zh-CN";
    return made;
  }

  function line(item) {
    const [name, title, codes, guided] = data.cases[item.case], made = document.createElement("li");
    const head = document.createElement("b"), ways = document.createElement("span");
    head.append(own(element("a", title, "c/" + name + ".html")));
    made.append(head, " ", element("span", fill(text.days, { start: dated(item.first), end: dated(item.last) })));
    if (item.halls.length) made.append(element("span", fill(text.onlyIn, { halls: item.halls.join(text.comma) })));
    for (const [code, offer] of codes) made.append(element("span", fill(text.code, { code, offer })));
    ways.className = "ways";
    ways.append(element("a", text.faq, "c/" + name + ".html#faq"));
    if (guided) ways.append(" ", element("a", text.guide, "g/" + name + ".html"));
    made.append(ways);
    return made;
  }

  function list() {
    const known = data.places.find(([id]) => id === place.value), chosen = day.value;
    const late = chosen !== "" && chosen >= data.today;
    const found = known && late ? window.campaigncheckLive(data, chosen, known[0]) : [];
    offers.replaceChildren(...found.map(line));
    root.dataset.day = late ? chosen : "";
    root.dataset.place = known ? known[0] : "";
    return [known, chosen, late, found.length];
  }

  function show() {
    const [known, chosen, late, count] = list();
    if (chosen === "") told.textContent = told.dataset.badDay;
    else if (!late) told.textContent = fill(told.dataset.past, { day: data.today });
    else if (!known) told.textContent = told.dataset.noPlace;
    else if (!count) told.textContent = known[1] + " · " + chosen + " · " + told.dataset.none;
    else told.textContent = fill(told.dataset.count, { place: known[1], day: chosen, count });
  }

  function fromAddress() {
    if (!location.hash.includes("=")) { show(); return; }
    const given = new URLSearchParams(location.hash.slice(1));
    const wanted = given.get("place") || given.get("hall") || given.get("city") || "";
    const known = data.places.some(([id]) => id === wanted);
    place.value = known ? wanted : "";
    day.value = given.has("day") ? given.get("day") : data.today;
    show();
    if (wanted && !known) told.textContent = fill(told.dataset.unknown, { place: wanted });
  }

  function chosen() {
    show();
    const given = new URLSearchParams();
    if (place.value) given.set("place", place.value);
    if (day.value) given.set("day", day.value);
    history.replaceState(null, "", "#" + given);
    const other = document.getElementById("other");
    other.href = other.href.split("#")[0] + location.hash;
  }

  form.addEventListener("input", chosen);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { const kept = place.value; setTimeout(() => { place.value = kept; chosen(); }); });
  document.getElementById("print").addEventListener("click", () => window.print());
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
