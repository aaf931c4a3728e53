(function () {
  "use strict";
  var form = document.getElementById("filters");
  var rows = Array.from(document.querySelectorAll("[data-at]"));
  var campaigns = rows.filter(function (row) { return row.matches(".campaign"); });
  var bodies = Array.from(document.querySelectorAll("tbody.group"));
  var status = document.getElementById("status");
  var none = document.getElementById("none");
  var texts = new Map(campaigns.map(function (row) { return [row, fold(row.textContent)]; }));

  function fold(text) { return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " "); }
  function list(row, name) { return (row.getAttribute("data-" + name) || "").split(" "); }

  function isIn(row, option) {
    if (!option.value) return true;
    var here = [option.value].concat((option.getAttribute("data-under") || "").split(" "));
    return list(row, "under").includes(option.value) ||
      list(row, "at").some(function (code) { return here.includes(code); });
  }

  function fits(row, given) {
    return isIn(row, given.region) &&
      (!given.theme || list(row, "themes").includes(given.theme)) &&
      (!given.stage || row.getAttribute("data-stage") === given.stage) &&
      (!given.crowded || row.hasAttribute("data-crowded")) &&
      given.words.every(function (word) { return texts.get(row).includes(word); });
  }

  function update() {
    var given = {
      region: form.region.selectedOptions[0],
      theme: form.theme.value,
      stage: form.stage.value,
      crowded: form.crowded.checked,
      words: fold(form.search.value).split(" ").filter(Boolean)
    };
    var shown = 0;
    campaigns.forEach(function (row) {
      row.hidden = !fits(row, given);
      shown += row.hidden ? 0 : 1;
    });
    rows.forEach(function (row) { if (!row.matches(".campaign")) row.hidden = !isIn(row, given.region); });
    bodies.forEach(function (body) { body.hidden = !body.querySelector(".campaign:not([hidden])"); });
    none.hidden = shown > 0;
    var text = status.getAttribute(shown === campaigns.length ? "data-count" : "data-shown");
    status.textContent = text.replace("{shown}", shown).replace("{total}", campaigns.length);
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(update, 0); });
  form.hidden = false;
  update();
})();
