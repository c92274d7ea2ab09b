/* The agenda as a grid: rows and narasumber are added in place, sums of JP and overlaps follow the typing.
   Loaded before drafts.js, so that rows of a kept draft stand again before it fills them. */
(() => {
  "use strict";

  const form = document.querySelector("[data-agenda-grid]");
  const pattern = document.getElementById("baris-baru");
  if (!form || !pattern) return;

  const days = () => [...form.querySelectorAll("[data-day]")];
  const rows = (within = form) => [...within.querySelectorAll("[data-row]")];
  const field = (row, name) => row.querySelector(`[name="${row.dataset.row}-${name}"]`);
  const people = (row) => [...row.querySelectorAll(`[name="${row.dataset.row}-speakers"]`)];
  const dropped = (row) => field(row, "drop").checked;

  /* Sums and overlaps */

  function hoursOf(row) {
    const typed = field(row, "lesson_hours").value.trim();
    return !dropped(row) && /^\d{1,2}$/.test(typed) ? Number(typed) : 0;
  }

  function tell() {
    let total = 0;
    for (const day of days()) {
      const hours = rows(day).reduce((sum, row) => sum + hoursOf(row), 0);
      total += hours;
      const shown = day.querySelector("[data-day-hours]");
      if (shown) shown.textContent = String(hours);
      rows(day).forEach((row, place) => row.setAttribute("aria-label", `Baris ${place + 1}`));
      tellOverlaps(day);
    }
    const shown = form.querySelector("[data-hours]");
    if (shown) shown.textContent = String(total);
  }

  /* The sentence is that of trainings/queries/agenda_notes.py. */
  function tellOverlaps(day) {
    const timed = rows(day).filter((row) => !dropped(row)).map((row) => ({
      topic: field(row, "topic").value.trim(), starts: field(row, "starts").value, ends: field(row, "ends").value,
    })).filter((row) => row.starts && row.ends);
    timed.sort((one, other) => (one.starts + one.ends < other.starts + other.ends ? -1 : 1));
    const list = day.querySelector("[data-notes]");
    const notes = [];
    timed.forEach((after, place) => {
      const before = timed[place - 1];
      if (!before || after.starts >= before.ends) return;
      const words = { after: after.topic, starts: clock(after.starts), before: before.topic, ends: clock(before.ends) };
      notes.push(form.dataset.overlap.replace(/\{(\w+)\}/g, (found, name) => words[name]));
    });
    if (notes.join("\n") === [...list.children].map((note) => note.textContent.trim()).join("\n")) return;
    list.replaceChildren(...notes.map((note) => {
      const line = document.createElement("li");
      line.className = "day-note";
      line.textContent = note;
      return line;
    }));
  }

  const clock = (time) => time.slice(0, 5).replace(":", ".");

  /* Rows */

  function freshKey(day) {
    const start = `h${day.dataset.day}n`;
    const numbers = rows(day).map((row) => row.dataset.row)
      .filter((key) => key.startsWith(start)).map((key) => Number(key.slice(start.length)));
    return `${start}${Math.max(0, ...numbers) + 1}`;
  }

  function newRow(day, key) {
    const row = pattern.content.firstElementChild.cloneNode(true);
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of ["id", "name", "for", "data-row", "value"]) {
        const text = element.getAttribute(attribute);
        if (text === "h0n0" || text?.startsWith("h0n0-")) element.setAttribute(attribute, key + text.slice(4));
      }
    }
    const before = rows(day).findLast((other) => field(other, "ends").value);
    day.querySelector("[data-rows]").append(row);
    if (before) field(row, "starts").value = field(before, "ends").value;
    return row;
  }

  function add(button) {
    form.querySelector(".notice-full")?.remove();
    if (rows().length >= Number(form.dataset.maxRows)) {
      const notice = document.createElement("p");
      notice.className = "notice notice-warning notice-full";
      notice.setAttribute("role", "alert");
      notice.textContent = form.dataset.full;
      button.parentElement.after(notice);
      return;
    }
    const day = button.closest("[data-day]");
    const row = newRow(day, freshKey(day));
    field(row, "starts").focus();
    tell();
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (!button) return;
    event.preventDefault();
    add(button);
  });

  /* One place more for a narasumber as soon as the last is used. */
  function morePeople(row) {
    const slots = people(row);
    const last = slots.at(-1);
    if (!last.value.trim() || slots.length >= Number(form.dataset.maxPeople)) return;
    const slot = last.cloneNode();
    slot.value = "";
    slot.setAttribute("value", "");
    slot.removeAttribute("id");
    slot.removeAttribute("aria-invalid");
    slot.removeAttribute("aria-describedby");
    slot.classList.add("more-people");
    slot.setAttribute("aria-label", `Narasumber ${slots.length + 1}`);
    last.after(slot);
  }

  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && event.target.name === `${row.dataset.row}-speakers`) morePeople(row);
    tell();
  });

  form.addEventListener("change", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (row && event.target === field(row, "kind") && event.target.value === "istirahat") {
      field(row, "lesson_hours").value = "0";
    }
    tell();
  });

  /* A kept draft: the rows that it knows and places for its narasumber, before its words are put back. */
  form.addEventListener("draft:restore", (event) => {
    for (const name of event.detail.names.filter((one) => one.endsWith("-topic"))) {
      const key = name.slice(0, -6);
      const day = days().find((one) => key.startsWith(`h${one.dataset.day}n`));
      if (day && /^h\d+n\d+$/.test(key) && !document.getElementById(key)) newRow(day, key);
    }
    for (const row of rows()) {
      const name = `${row.dataset.row}-speakers`;
      const wanted = event.detail.fields.filter(([one]) => one === name).length;
      while (people(row).length < wanted && people(row).length < Number(form.dataset.maxPeople)) {
        people(row).at(-1).value ||= "-";
        morePeople(row);
      }
    }
  });
  form.addEventListener("draft:restored", () => {
    rows().forEach(morePeople);
    tell();
  });

  tell();
})();
