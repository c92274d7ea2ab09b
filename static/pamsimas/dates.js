/* The chosen day in words beside each date field: a browser may show days in the order of another country. */
(() => {
  "use strict";

  function show(input) {
    let words = input.nextElementSibling;
    if (!words?.matches(".date-words")) {
      words = document.createElement("span");
      words.className = "date-words";
      input.after(words);
    }
    const day = input.value ? new Date(`${input.value}T00:00`) : null;
    const form = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
    words.textContent = day && !Number.isNaN(day.getTime()) ? day.toLocaleDateString("id-ID", form) : "";
  }

  const dates = (root) => root.querySelectorAll("input[type=date]");
  for (const input of dates(document)) if (input.value) show(input);
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=date]")) show(event.target);
  });
  document.addEventListener("draft:restored", (event) => dates(event.target).forEach(show));
})();
