// What all pages do: larger text that is remembered, and a word for links to what is gone.
"use strict";

(function () {
  const KEY = "campaigncheck-larger";
  const button = document.getElementById("larger");

  function remembered() {
    try { return localStorage.getItem(KEY) === "yes"; } catch { return false; }
  }

  function enlarge(larger) {
    document.documentElement.classList.toggle("larger", larger);
    button.setAttribute("aria-pressed", String(larger));
    try { localStorage.setItem(KEY, larger ? "yes" : "no"); } catch { /* not everywhere may a page remember */ }
    window.dispatchEvent(new Event("resize"));
  }

  button.hidden = false;
  if (remembered()) enlarge(true);
  button.addEventListener("click", () => enlarge(button.getAttribute("aria-pressed") !== "true"));

  function named() {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return location.hash.slice(1); }
  }

  function lookFor() {
    const note = document.getElementById("gone"), name = named();
    const other = document.getElementById("other");
    other.href = other.href.split("#")[0] + location.hash;
    // A name with “=” is a choice that the page itself understands.
    const gone = name !== "" && !name.includes("=") && document.getElementById(name) === null;
    note.hidden = !gone;
    if (gone) note.textContent = note.dataset.text.replace("{name}", () => name);
    const found = gone ? null : document.getElementById(name);
    if (found !== null && found.closest("details") !== null) {
      for (let outer = found.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
      found.scrollIntoView();
    }
  }

  window.addEventListener("hashchange", lookFor);
  lookFor();
})();
