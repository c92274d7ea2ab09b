/* Comforts of the attendance pages, which work without them: fill a column, find a name, count while one taps. */
(() => {
  "use strict";

  for (const button of document.querySelectorAll("button[data-fill]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const column = Number(button.dataset.fill) + 1;
      for (const row of document.querySelectorAll(".grid-table tbody tr")) {
        const select = row.cells[column].querySelector("select");
        if (select && select.value === "") {
          select.value = "hadir";
          select.dispatchEvent(new Event("change", { bubbles: true }));
        }
      }
    });
  }

  /* What is stored is told by the server; while somebody taps, the counts follow and say that they are not saved. */
  const counts = document.querySelector("[data-count]");
  const present = counts ? counts.dataset.count.split(" ") : []; // the marks of those who came
  const lines = [...document.querySelectorAll(".roll > li[data-sex]")];

  function count() {
    const found = { men: 0, women: 0, unmarked: 0, of: new Map() };
    for (const line of lines) {
      const mark = line.querySelector("input[type=radio]:checked");
      if (!mark || mark.value === "") found.unmarked += 1;
      if (!mark || !present.includes(mark.value)) continue;
      found[line.dataset.sex === "L" ? "men" : "women"] += 1;
      found.of.set(line.dataset.of, (found.of.get(line.dataset.of) || 0) + 1);
    }
    const say = (name, value) => { counts.querySelector(`[data-${name}]`).textContent = String(value); };
    say("total", found.men + found.women);
    say("men", found.men);
    say("women", found.women);
    say("unmarked", found.unmarked);
    for (const village of counts.querySelectorAll("[data-village]")) {
      village.querySelector("[data-present]").textContent = String(found.of.get(village.dataset.village) || 0);
    }
    counts.querySelector("[data-unsaved]").hidden = false;
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("select.mark")) event.target.classList.add("unsaved");
    if (event.target.matches(".tap input")) {
      event.target.closest(".choices").classList.add("unsaved");
      if (counts) count();
    }
  });

  const find = document.querySelector("[data-find]");
  if (find) {
    find.parentElement.hidden = false;
    find.addEventListener("input", () => {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const line of document.querySelectorAll(".roll > li")) {
        const text = line.querySelector("legend, .line-read").textContent.toLowerCase();
        line.hidden = !words.every((word) => text.includes(word));
      }
    });
    find.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
})();
