/* The sources of one line of a plan's grid: a spare one always waits behind its button. Loaded before plan_grid.js. */
(() => {
  "use strict";

  /* One source is the rule: the spare one waits behind a button, and there is always one more. */
  function tidy(box) {
    const slots = [...box.querySelectorAll("[data-source]")];
    const isBlank = (slot) => !slot.children[0].value && !slot.children[1].value.trim();
    let spare = slots.slice(1).find((slot) => isBlank(slot));
    if (!spare && slots.length < 9) {
      spare = more(slots[slots.length - 1], slots.length);
      slots.push(spare);
    }
    for (const slot of slots.slice(1)) if (isBlank(slot) && !slot.contains(document.activeElement)) slot.hidden = true;
    let button = box.querySelector(".add-source");
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.className = "add-source";
      button.textContent = "Tambah sumber dana";
      box.append(button);
    }
  }

  function more(last, number) {
    const slot = last.cloneNode(true);
    const [source, amount, security] = slot.children;
    source.id = source.id.replace(/\d+$/, String(number));
    source.value = "";
    amount.value = "";
    security.selectedIndex = 0;
    for (const element of slot.children) {
      element.removeAttribute("aria-invalid");
      element.removeAttribute("aria-describedby");
    }
    source.setAttribute("aria-label", `Sumber dana ${number + 1}`);
    amount.setAttribute("aria-label", `Jumlah dari sumber dana ${number + 1} (Rp)`);
    security.setAttribute("aria-label", `Kepastian sumber dana ${number + 1}`);
    last.after(slot);
    return slot;
  }

  function follow(form) {
    form.addEventListener("click", (event) => {
      const button = event.target.closest(".add-source");
      if (!button) return;
      const box = button.closest("[data-sources]");
      const spare = [...box.querySelectorAll("[data-source]")].find((slot) => slot.hidden);
      if (!spare) return;
      spare.hidden = false;
      spare.children[0].focus();
    });
  }

  window.planSources = { follow, more, tidy };
})();
