// Filters the rows of a table by what they say and by their data; a choice may stand in the address: #verdict=blocked
"use strict";

(function () {
  const form = document.getElementById("filters"), table = document.getElementById("filtered");
  if (!form || !table) return;
  const search = document.getElementById("search"), status = document.getElementById("status");
  const choices = [...form.querySelectorAll("select[data-by]")];
  const rows = [...table.querySelectorAll("tbody tr:not(.group)")];
  const groups = [...table.tBodies].filter((body) => body.querySelector("tr.group"));
  const texts = rows.map((row) => row.textContent.toLowerCase());
  form.hidden = false;

  function fits(row, at, words) {
    return words.every((word) => texts[at].includes(word)) && choices.every((choice) =>
      choice.value === "" || (row.dataset[choice.dataset.by] || "").split(" ").includes(choice.value));
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => { row.hidden = !fits(row, at, words); shown += row.hidden ? 0 : 1; });
    for (const body of groups) body.hidden = ![...body.rows].some((row) => !row.hidden && !row.classList.contains("group"));
    const text = shown === rows.length ? status.dataset.count : status.dataset.shown;
    status.textContent = text.replace("{total}", rows.length).replace("{shown}", shown);
    document.dispatchEvent(new CustomEvent("filtered"));
  }

  function fromAddress() {
    if (!location.hash.includes("=")) return;
    const given = new URLSearchParams(location.hash.slice(1));
    for (const choice of choices) {
      const value = given.get(choice.dataset.by) || "";
      choice.value = [...choice.options].some((option) => option.value === value) ? value : "";
    }
    search.value = given.get("search") || "";
    filter();
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
