// Which campaigns are live at a place on a day: shared by the frontline page and the search.
// A place is a city's code or a hall's id; without one, a campaign is live that is so anywhere.
"use strict";

window.campaigncheckDay = (text) => Math.round(Date.parse(text + "T00:00:00Z") / 86400000);

window.campaigncheckLive = function (data, day, place) {
  const on = window.campaigncheckDay(day) - window.campaigncheckDay(data.today), at = place ? data.places.findIndex(([id]) => id === place) : -1;
  if (place && at < 0) return [];
  const list = at < 0 ? -1 : data.places[at][3];
  const found = [];
  for (const [number, first, last, halls, set] of data.live) {
    if (on < first || on > last || (list >= 0 && !data.sets[set].includes(list))) continue;
    found.push({ case: number, first, last, halls });
  }
  return found;
};
