/* A button that puts a text into the clipboard; without this script the text is marked and copied by hand. */
(() => {
  "use strict";

  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(text.value);
        button.textContent = "Tersalin";
      } catch {
        text.select();
      }
    });
  }
})();
