// The calendar as a picture, drawn from the table below it: a bar for each campaign that the filters leave.
"use strict";

(function () {
  const place = document.getElementById("gantt"), table = document.getElementById("filtered");
  if (!place || typeof echarts === "undefined") return;
  const DAY = 86400000, SHOWN = 24;
  const day = (text) => Date.parse(text + "T00:00:00Z");
  const spans = (text) => (text || "").split(" ").filter(Boolean).map((span) => span.split("/").map(day));
  const first = day(place.dataset.first), last = day(place.dataset.last) + DAY, today = day(place.dataset.today);
  let by = "region";

  const campaigns = [...table.tBodies].flatMap((body) => {
    const region = body.querySelector("tr.group").textContent.trim();
    return [...body.querySelectorAll("tr:not(.group)")].map((row) => ({
      row, region, title: row.cells[0].textContent.trim(), href: row.cells[0].querySelector("a").href,
      where: row.cells[1].textContent.trim(), when: row.cells[3].textContent.trim(), stage: row.cells[2].textContent.trim(),
      kind: row.dataset.stage, from: day(row.dataset.from), to: day(row.dataset.to) + DAY,
      themes: (row.dataset.theme || "").split(" ").filter(Boolean), crowded: spans(row.dataset.crowded),
    }));
  });

  // Groups are lines of their own, and a campaign of several themes stands under each.
  function lines() {
    const groups = new Map();
    for (const item of campaigns) {
      if (item.row.hidden) continue;
      const names = by === "region" ? [item.region] : item.themes.length ? item.themes : [place.dataset.noTheme];
      for (const name of names) {
        if (!groups.has(name)) groups.set(name, []);
        groups.get(name).push(item);
      }
    }
    return [...groups].flatMap(([name, items]) => [{ name }, ...items.map((item) => ({ name: item.title, item }))]);
  }

  function bar(found, colour) {
    return (params, api) => {
      const line = found[api.value(0)];
      if (!line.item) return null;
      const { item } = line, y = api.coord([first, api.value(0)])[1], tall = Math.min(Math.max(api.size([0, 1])[1] * 0.6, 3), 24);
      const clip = { x: params.coordSys.x, y: params.coordSys.y, width: params.coordSys.width, height: params.coordSys.height };
      const piece = (from, to, fill, high) => {
        const left = api.coord([Math.max(from, first), 0])[0], right = api.coord([Math.min(to, last), 0])[0];
        const shape = echarts.graphic.clipRectByRect({ x: left, y: y - high / 2, width: Math.max(right - left, 2), height: high }, clip);
        return shape && { type: "rect", shape, style: { fill } };
      };
      const parts = [piece(item.from, item.to, colour("bar-" + item.kind), tall),
        ...item.crowded.map(([from, to]) => piece(from, to + DAY, colour("crowd"), tall * 0.4))].filter(Boolean);
      return parts.length ? { type: "group", children: parts } : null;
    };
  }

  function options({ colour, text, narrow }) {
    const found = lines(), end = Math.max(Math.min(SHOWN, found.length) - 1, 0);
    const marks = [...spans(place.dataset.blackouts)].map(([from, to]) => [{ xAxis: from }, { xAxis: to + DAY }]);
    return {
      animation: false,
      textStyle: text,
      tooltip: {
        renderMode: "richText", confine: true,
        formatter: (params) => {
          const { item } = found[params.value[0]];
          return item ? [item.title, item.when, item.stage, item.where.length > 40 ? item.where.slice(0, 40) + "…" : item.where].join("\n") : "";
        },
      },
      grid: { left: 8, right: 40, top: 28, bottom: 52, containLabel: true },
      xAxis: { type: "time", min: first, max: last, axisLabel: { ...text, hideOverlap: true }, splitLine: { show: true, lineStyle: { color: colour("line") } } },
      yAxis: {
        type: "category", inverse: true, data: found.map((line) => line.name), axisTick: { show: false },
        axisLabel: {
          ...text, width: narrow ? 96 : 220, overflow: "truncate", interval: 0,
          formatter: (name, at) => (found[at].item ? "" : "{group|") + name + (found[at].item ? "" : "}"),
          rich: { group: { fontWeight: "bold", color: text.color, fontSize: text.fontSize } },
        },
      },
      dataZoom: [
        { type: "slider", xAxisIndex: 0, height: 18, bottom: 10, showDetail: false, filterMode: "none" },
        { type: "slider", yAxisIndex: 0, width: 18, right: 8, startValue: 0, endValue: end, showDetail: false, filterMode: "weakFilter" },
        { type: "inside", yAxisIndex: 0, startValue: 0, endValue: end, zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, moveOnMouseMove: false, filterMode: "weakFilter" },
      ],
      series: [{
        type: "custom", renderItem: bar(found, colour), cursor: "pointer",
        encode: { x: [1, 2], y: 0 },
        data: found.map((line, at) => [at, line.item ? line.item.from : first, line.item ? line.item.to : first]),
        markArea: { silent: true, itemStyle: { color: colour("holiday") }, data: marks },
        markLine: {
          silent: true, symbol: "none", data: today >= first && today < last ? [{ xAxis: today }] : [],
          lineStyle: { color: colour("error"), width: 1.5, type: "solid" },
          label: { formatter: place.dataset.todayName, color: colour("error"), position: "start", rotate: 0, distance: 4 },
        },
      }],
    };
  }

  const { chart, draw } = campaigncheckChart(place, options);
  document.getElementById("hint").hidden = document.getElementById("legend").hidden = false;
  chart.on("click", (params) => {
    const line = lines()[params.value[0]];
    if (line && line.item) location.href = line.item.href;
  });
  campaigncheckChoose(document.getElementById("by"), (button) => { by = button.dataset.by; draw(); });
  document.addEventListener("filtered", draw);
})();
