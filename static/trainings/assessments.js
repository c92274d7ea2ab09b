/* Comforts of the entry of tests and evaluation, which work without them: find a name, step on after a digit, show
   what is not saved yet. */
(() => {
  "use strict";

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("input.mark")) return;
    field.classList.add("unsaved");
    field.removeAttribute("aria-invalid");
    if (field.matches(".mark-digit") && /^[1-4]$/.test(field.value)) stepOn(field);
  });

  // Enter goes to the next field instead of saving half a list.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input.mark, [data-find]")) {
      event.preventDefault();
      if (event.target.matches("input.mark")) stepOn(event.target);
    }
  });

  function stepOn(field) {
    const fields = [...field.form.querySelectorAll("input.mark")];
    const next = fields[fields.indexOf(field) + 1];
    if (!next) return;
    next.focus();
    next.select();
  }

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
  }
})();
