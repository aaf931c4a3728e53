// The trend as a picture, drawn from the table below it.
"use strict";

(function () {
  const table = document.getElementById("trend-table"), place = document.getElementById("trend-chart");
  if (!table || typeof echarts === "undefined") return;
  const heads = [...table.tHead.rows[0].cells], rows = [...table.tBodies[0].rows];
  const wanted = heads.map((head, at) => [head, at]).filter(([head]) => head.dataset.colour);

  campaigncheckChart(place, ({ colour, text }) => ({
    animation: false,
    textStyle: text,
    legend: { textStyle: text, top: 10 },
    tooltip: { trigger: "axis", renderMode: "richText" },
    grid: { left: 12, right: 28, bottom: 12, top: 48, containLabel: true },
    xAxis: { type: "category", data: rows.map((row) => row.cells[0].textContent), axisLabel: text },
    yAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour("line") } } },
    series: wanted.map(([head, at]) => ({
      name: head.textContent, type: "line", symbolSize: 8, symbol: head.dataset.symbol || "circle",
      itemStyle: { color: colour(head.dataset.colour) }, lineStyle: { width: 2.5 },
      data: rows.map((row) => Number(row.cells[at].textContent)),
    })),
  }));
})();
