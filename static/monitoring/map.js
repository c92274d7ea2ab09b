/* The map and its list: what one shows the other shows too. Without this script the links do the same by loading. */
"use strict";

(function () {
  const whole = document.querySelector("[data-map]");
  if (!whole) return;
  const map = whole.querySelector("svg.map");
  const seen = whole.querySelector("[data-seen]");
  const tools = whole.querySelector(".map-tools");
  const spots = new Map([...map.querySelectorAll("[data-spot]")].map((spot) => [spot.dataset.spot, spot]));
  const rows = new Map([...whole.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
  const full = { width: Number(map.getAttribute("width")), height: Number(map.getAttribute("height")) };
  const ZOOMS = [1, 2, 4, 8];
  const box = map.viewBox.baseVal;
  let view = { zoom: Math.round(full.width / box.width), x: box.x + box.width / 2, y: box.y + box.height / 2 };

  function at(spot) {
    const [, x, y] = spot.getAttribute("transform").match(/translate\(([-\d.]+) ([-\d.]+)\)/);
    return { x: Number(x), y: Number(y) };
  }

  function look(next) {
    const width = full.width / next.zoom;
    const height = full.height / next.zoom;
    const x = Math.min(Math.max(next.x, width / 2), full.width - width / 2);
    const y = Math.min(Math.max(next.y, height / 2), full.height - height / 2);
    view = { zoom: next.zoom, x, y };
    map.setAttribute("viewBox", [x - width / 2, y - height / 2, width, height].map((n) => n.toFixed(1)).join(" "));
    map.classList.toggle("is-near", next.zoom > 1);
    for (const size of map.querySelectorAll(".map-size")) size.setAttribute("transform", `scale(${1 / next.zoom})`);
    let count = 0;
    for (const [key, row] of rows) {
      const place = at(spots.get(key));
      row.hidden = Math.abs(place.x - x) > width / 2 || Math.abs(place.y - y) > height / 2;
      spots.get(key).classList.toggle("is-off", row.hidden);
      count += row.hidden ? 0 : 1;
    }
    seen.textContent = `${count} dari ${rows.size} desa tampak pada peta`;
    for (const tool of tools.querySelectorAll("a")) {
      const away = tool.dataset.do === "dekat" ? next.zoom === ZOOMS[ZOOMS.length - 1] : next.zoom === 1;
      tool.parentElement.hidden = away;
    }
    const near = next.zoom > 1 && { zum: next.zoom, x: x.toFixed(1), y: y.toFixed(1) };
    remember({ zum: "", x: "", y: "", ...near });
  }

  /* The address keeps what is seen, so that reloading, sending and going back show the same. */
  function remember(changes) {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === "") url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    url.hash = "";
    history.replaceState(null, "", url);
  }

  function light(key, on) {
    spots.get(key)?.classList.toggle("is-lit", on);
    rows.get(key)?.classList.toggle("is-lit", on);
  }

  function choose(key, from) {
    for (const old of whole.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    spots.get(key).setAttribute("aria-current", "true");
    const row = rows.get(key);
    row.querySelector("a").setAttribute("aria-current", "true");
    if (from === "map") {
      row.scrollIntoView({ block: "nearest" });
    } else {
      look({ zoom: view.zoom, ...(view.zoom > 1 ? at(spots.get(key)) : view) });
      if (map.getBoundingClientRect().bottom < 0) map.scrollIntoView({ block: "nearest" });
    }
    remember({ desa: key });
  }

  for (const [items, from] of [[spots, "map"], [rows, "list"]]) {
    for (const [key, item] of items) {
      const link = from === "map" ? item : item.querySelector("a");
      for (const name of ["pointerenter", "focusin"]) item.addEventListener(name, () => light(key, true));
      for (const name of ["pointerleave", "focusout"]) item.addEventListener(name, () => light(key, false));
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        if (!moved) choose(key, from);
      });
    }
  }

  const steps = { utara: [0, -0.4], selatan: [0, 0.4], barat: [-0.4, 0], timur: [0.4, 0] };
  function step(what) {
    const place = ZOOMS.indexOf(view.zoom);
    const chosen = map.querySelector(".map-spot[aria-current]:not(.is-off)"); // one goes nearer to what one looks at
    if (what === "dekat") look({ ...view, ...(chosen && at(chosen)), zoom: ZOOMS[Math.min(place + 1, ZOOMS.length - 1)] });
    else if (what === "jauh") look({ ...view, zoom: ZOOMS[Math.max(place - 1, 0)] });
    else if (what === "semua") look({ zoom: 1, x: full.width / 2, y: full.height / 2 });
    else look({ zoom: view.zoom, x: view.x + (steps[what][0] * full.width) / view.zoom, y: view.y + (steps[what][1] * full.height) / view.zoom });
  }

  /* All tools stand there from now on; those that say nothing yet are hidden. */
  const words = { dekat: "Perbesar", jauh: "Perkecil", utara: "Geser ke utara", barat: "Geser ke barat", timur: "Geser ke timur", selatan: "Geser ke selatan", semua: "Seluruh peta" };
  for (const [what, word] of Object.entries(words)) {
    if (tools.querySelector(`[data-do="${what}"]`)) continue;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = location.href;
    link.dataset.do = what;
    link.textContent = word;
    item.append(link);
    tools.append(item);
  }
  tools.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-do]");
    if (!tool) return;
    event.preventDefault();
    step(tool.dataset.do);
    if (tool.parentElement.hidden) tools.querySelector("li:not([hidden]) a")?.focus();
  });

  /* Dragging, once one is near. */
  let start = null;
  let moved = false;
  map.addEventListener("pointerdown", (event) => {
    moved = false;
    start = view.zoom > 1 ? { at: event, view } : null;
  });
  map.addEventListener("pointermove", (event) => {
    if (!start) return;
    const unit = full.width / view.zoom / map.clientWidth;
    const [dx, dy] = [event.clientX - start.at.clientX, event.clientY - start.at.clientY];
    if (Math.abs(dx) + Math.abs(dy) > 6) moved = true;
    if (moved) look({ zoom: view.zoom, x: start.view.x - dx * unit, y: start.view.y - dy * unit });
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) map.addEventListener(name, () => (start = null));
  map.addEventListener("dragstart", (event) => event.preventDefault());

  look(view);
})();
