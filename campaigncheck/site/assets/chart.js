// What the pictures share: colours of the page, text sizes, and drawing anew when any of these change.
"use strict";

window.campaigncheckChart = function (place, options, height) {
  place.hidden = false;
  const chart = echarts.init(place, null, { renderer: "canvas" });

  function theme() {
    const css = getComputedStyle(document.documentElement), size = parseFloat(css.fontSize);
    const colour = (name) => css.getPropertyValue("--" + name).trim();
    return { colour, size, text: { color: colour("ink"), fontSize: size * 0.8 }, narrow: place.clientWidth < 600 };
  }

  function draw() {
    chart.resize();
    chart.setOption(options(theme()), { notMerge: true });
  }

  draw();
  let due = 0;
  window.addEventListener("resize", () => { clearTimeout(due); due = setTimeout(draw, 60); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  return { chart, draw };
};

// Buttons of which one is pressed; tells which.
window.campaigncheckChoose = function (group, chosen) {
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    for (const other of group.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
    chosen(button);
  });
};
