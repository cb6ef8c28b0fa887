"use strict";
(() => {
  const main = () => document.getElementById("main");

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function draw() {
    for (const place of document.querySelectorAll("[data-chart]")) {
      if (place.firstChild || typeof uPlot === "undefined") {
        continue;
      }
      const data = JSON.parse(place.dataset.chart);
      const grid = { stroke: colour("--line") };
      const plot = new uPlot(
        {
          width: place.clientWidth,
          height: 180,
          tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC"),
          legend: { show: false },
          scales: { y: { range: (self, low, high) => [0, Math.max(1, high)] } },
          axes: [
            { stroke: colour("--dim"), grid, ticks: grid, space: 70, values: "{D} {MMM}" },
            { stroke: colour("--dim"), grid, ticks: grid, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10000, 100000] },
          ],
          series: [
            {},
            { label: "failures", stroke: colour("--accent"), fill: colour("--accent-soft"), width: 2, points: { size: 5 } },
          ],
        },
        data,
        place,
      );
      new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: 180 })).observe(place);
    }
  }

  /* Whoever reads, types or moves by keyboard is not disturbed. */
  function isBusy() {
    const focus = document.activeElement;
    const within = focus && focus !== main() && main().contains(focus);
    const selected = !getSelection().isCollapsed;
    return document.hidden || within || selected || main().querySelector("details[open]") !== null;
  }

  document.addEventListener("DOMContentLoaded", () => {
    draw();
    const seconds = Number(main().dataset.refresh || 0);
    if (seconds > 0 && typeof htmx !== "undefined") {
      setInterval(() => {
        if (!isBusy()) {
          htmx.ajax("GET", location.href, {
            source: main(), target: "#main", select: "#main", swap: "outerHTML show:none",
          });
        }
      }, seconds * 1000);
    }
  });
  document.addEventListener("htmx:afterSwap", draw);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      document.getElementById("search").focus();
    }
  });
})();
