/* Small comforts on top of pages that work without them: no double sending, a question before a loss, menus. */
(() => {
  "use strict";

  /* One click, one request. */

  const faces = new WeakMap(); // words and icon of a button while it says that it works

  function markBusy(form, submitter) {
    form.dataset.busy = "1";
    // After the event: a disabled button would not send its own name and value.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button[type=submit]")) {
        button.disabled = true;
        if (button === submitter && !faces.has(button)) {
          faces.set(button, [...button.childNodes]);
          button.replaceChildren(button.dataset.busyText || "Menyimpan…");
        }
      }
    }, 0);
  }

  function markFree(form) {
    delete form.dataset.busy;
    for (const button of form.querySelectorAll("button[type=submit]")) {
      button.disabled = false;
      if (faces.has(button)) button.replaceChildren(...faces.get(button));
      faces.delete(button);
    }
  }

  /* A question before a loss, where the button or its form carries data-confirm. Without this script the server asks. */

  /* Resolves to the value of the choice; choices are [value, label, class], the last one is also that of Escape. */
  function ask(text, choices) {
    return new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      dialog.className = "ask";
      const words = document.createElement("p");
      words.textContent = text;
      const row = document.createElement("div");
      row.className = "form-buttons";
      for (const [value, label, style] of choices) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = `btn ${style}`;
        button.textContent = label;
        button.addEventListener("click", () => dialog.close(value));
        row.append(button);
      }
      const [otherwise] = choices[choices.length - 1];
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue || otherwise);
      });
      dialog.append(words, row);
      document.body.append(dialog);
      dialog.showModal();
      row.lastElementChild.focus();
    });
  }

  window.portal = { ask };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const submitter = event.submitter;
    if (form.method !== "post" || (submitter && submitter.formTarget === "_blank")) return;
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    const question = (submitter && submitter.dataset.confirm) || form.dataset.confirm;
    if (question && !form.dataset.confirmed) {
      event.preventDefault();
      const label = submitter ? submitter.textContent.trim() : "Lanjutkan";
      const danger = submitter && submitter.classList.contains("btn-danger");
      const choices = [["ya", label, danger ? "btn-danger" : "btn-primary"], ["batal", "Batal", "btn-secondary"]];
      ask(question, choices).then((answer) => {
        if (answer !== "ya") return;
        form.dataset.confirmed = "1";
        form.requestSubmit(submitter);
      });
      return;
    }
    delete form.dataset.confirmed;
    markBusy(form, submitter);
  });

  // The back button brings the page as it was left, its button disabled.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-busy]")) markFree(form);
  });

  /* One press ticks every box of a group, or none when all are ticked. */

  for (const button of document.querySelectorAll("[data-tick-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = [...button.closest("[data-tick-group]").querySelectorAll("input[type=checkbox]")];
      const ticked = !boxes.every((box) => box.checked);
      for (const box of boxes.filter((box) => box.checked !== ticked)) {
        box.checked = ticked;
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }

  /* Menus close on Escape and on a click elsewhere; a refused form brings its list of errors into view. */

  const menus = () => document.querySelectorAll("details.user-menu[open], details.more-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
})();
