// The heat map of cities and days, drawn from figures in a file of its own; the table below it says the same by month.
"use strict";

(function () {
  const place = document.getElementById("heat"), data = window.campaigncheckLoad;
  if (!place || !data || typeof echarts === "undefined") return;
  const DAY = 86400000, CITIES = 24, DAYS = 92, BOUNDS = [25, 50, 75, 100, 150, 200];
  const first = Date.parse(data.first + "T00:00:00Z");
  const length = Math.max(...data.cities.map(([, , from, minutes]) => from + minutes.length));
  const days = Array.from({ length }, (_, at) => new Date(first + at * DAY).toISOString().slice(0, 10));
  const names = data.cities.map(([, name]) => name);
  const buttons = document.getElementById("by");
  let shown = buttons.querySelector("button[aria-pressed=true]");

  function cells(which) {
    return data.cities.flatMap((city, row) => city[which].map((value, at) => [city[2] + at, row, value]));
  }

  function pieces(colour) {
    return [...BOUNDS, Infinity].map((bound, at) => ({
      gt: at ? BOUNDS[at - 1] : -1, ...(bound < Infinity ? { lte: bound } : {}), color: colour("heat-" + at),
    }));
  }

  function options({ colour, text, narrow }) {
    const used = shown.dataset.by === "used", found = cells(used ? 4 : 3);
    const most = found.reduce((high, cell) => Math.max(high, cell[2]), 1);
    const scale = { dimension: 2, orient: "horizontal", left: "center", top: 4, textStyle: text, itemHeight: narrow ? 80 : 140 };
    return {
      animation: false,
      textStyle: text,
      tooltip: {
        renderMode: "richText", confine: true,
        formatter: ({ value: [at, row, value] }) => {
          const wait = data.cities[row][5][at - data.cities[row][2]] / 10;
          return [names[row] + " " + days[at], used ? value + "% (" + wait + " " + place.dataset.waitUnit + ")" : value.toLocaleString("en"), shown.dataset.unit].join("\n");
        },
      },
      grid: { left: 8, right: 40, top: used ? 16 : 52, bottom: 52, containLabel: true },
      xAxis: { type: "category", data: days, axisLabel: { ...text, hideOverlap: true }, splitArea: { show: false } },
      yAxis: { type: "category", data: names, inverse: true, axisLabel: { ...text, interval: 0 } },
      visualMap: used
        ? { ...scale, type: "piecewise", pieces: pieces(colour), show: false }
        : { ...scale, type: "continuous", min: 0, max: most, calculable: true, itemWidth: 14, inRange: { color: [0, 1, 2, 3].map((at) => colour("heat-" + at)) } },
      dataZoom: [
        { type: "slider", xAxisIndex: 0, height: 18, bottom: 10, startValue: 0, endValue: Math.min(DAYS, length) - 1, showDetail: false },
        { type: "slider", yAxisIndex: 0, width: 18, right: 8, startValue: 0, endValue: Math.min(CITIES, names.length) - 1, showDetail: false },
      ],
      series: [{ type: "heatmap", data: found, progressive: 4000, itemStyle: { borderColor: colour("back"), borderWidth: 0.5 } }],
    };
  }

  const { chart, draw } = campaigncheckChart(place, options);
  chart.on("click", ({ value }) => { location.hash = "c" + data.cities[value[1]][0]; });
  campaigncheckChoose(buttons, (button) => { shown = button; draw(); });
})();
