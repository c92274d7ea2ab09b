/* Comforts of the attendance pages, which work without them: fill a column, find a name, show what is not saved yet. */
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

  document.addEventListener("change", (event) => {
    if (event.target.matches("select.mark")) event.target.classList.add("unsaved");
  });

  const find = document.querySelector("[data-find]");
  if (find) {
    find.parentElement.hidden = false;
    find.addEventListener("input", () => {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const line of document.querySelectorAll(".roll > li")) {
        const text = line.querySelector("label").textContent.toLowerCase();
        line.hidden = !words.every((word) => text.includes(word));
      }
    });
    find.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
})();
