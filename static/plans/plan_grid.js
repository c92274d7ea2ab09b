/* The grid of a plan's lines: rows are added, doubled, moved and dropped without a round trip, sums follow the typing.
   Loaded before drafts.js, so that rows of a kept draft stand again before it fills them. */
(() => {
  "use strict";

  const form = document.querySelector("[data-plan-grid]");
  if (!form) return;
  const pattern = document.getElementById("baris-baru");
  const whole = Boolean(pattern);

  const rows = (within = form) => [...within.querySelectorAll("[data-row]")];
  const field = (row, name) => form.elements[`${row.dataset.row}-${name}`];
  const fields = (row, name) => [...row.querySelectorAll(`[name="${row.dataset.row}-${name}"]`)];
  const section = (code) => form.querySelector(`[data-area-code="${CSS.escape(code)}"]`);

  const hundredths = window.planNumbers.hundredths;
  const rupiah = window.planFee.rupiah;
  const amountOf = (row) => window.planNumbers.amount(field(row, "volume").value, field(row, "unit_price").value);

  /* Sums */

  function sum() {
    let total = 0n;
    let number = 0;
    const bySource = new Map();
    const costs = { every: 0n, routine: 0n, energy: 0n };
    for (const row of rows()) {
      number += 1;
      const amount = amountOf(row);
      total += amount;
      row.querySelector("[data-amount]").textContent = rupiah(amount);
      if (whole) {
        row.querySelector("[data-place]").textContent = String(number);
        row.setAttribute("aria-label", `Kegiatan ${number}`);
      }
      fund(row, amount, bySource, costs);
    }
    if (!whole) return;
    for (const part of form.querySelectorAll("[data-area-code]")) {
      const partial = rows(part).reduce((found, row) => found + amountOf(row), 0n);
      part.querySelector("[data-area-sum]").textContent = rupiah(partial);
    }
    form.querySelector("[data-total]").textContent = rupiah(total);
    form.querySelector("[data-total-words]").textContent = window.planWords.rupiahInWords(total);
    tellSources(bySource, total);
    window.planFee.tell(form, fee, costs);
  }

  function fund(row, amount, bySource, costs) {
    const sources = fields(row, "source");
    const amounts = fields(row, "amount");
    let left = amount;
    let waiting = null;
    const put = (select, value) => {
      const label = select.selectedOptions[0].textContent;
      bySource.set(label, (bySource.get(label) || 0n) + value);
      if (!fee || !fee.sources.includes(select.value)) return;
      costs.every += value;
      if (field(row, "cost_class").value !== "rutin") return;
      costs.routine += value;
      const words = `${field(row, "title").value} ${field(row, "unit").value}`;
      if (window.planFee.isEnergy(words)) costs.energy += value;
    };
    sources.forEach((select, place) => {
      if (!select.value) return;
      const typed = hundredths(amounts[place].value, true);
      if (typed === null) {
        waiting = waiting || select;
      } else {
        put(select, typed / 100n);
        left -= typed / 100n;
      }
    });
    if (waiting && left > 0n) put(waiting, left);
  }

  function tellSources(bySource, total) {
    const place = form.querySelector("[data-source-sums]");
    const list = place.querySelector("[data-source-list]");
    list.replaceChildren();
    let funded = 0n;
    const tell = (label, amount) => {
      const name = document.createElement("dt");
      const value = document.createElement("dd");
      name.textContent = label;
      value.textContent = rupiah(amount);
      value.className = "num";
      list.append(name, value);
    };
    for (const [label, amount] of bySource) {
      funded += amount;
      tell(label, amount);
    }
    if (funded < total) tell("Belum mempunyai sumber dana", total - funded);
    if (funded > total) tell("Melebihi jumlah kegiatan", funded - total);
    place.hidden = !list.children.length;
  }

  const fee = window.planFee.read(form);

  /* Rows */

  function freshKey() {
    const numbers = rows().map((row) => (row.dataset.row.startsWith("n") ? Number(row.dataset.row.slice(1)) : 0));
    return `n${Math.max(0, ...numbers) + 1}`;
  }

  /* The same row under another key: every name, id and reference begins with it. */
  function rename(row, old, key) {
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of ["id", "name", "for", "data-row", "aria-describedby", "formaction", "value"]) {
        const text = element.getAttribute(attribute);
        if (text === null) continue;
        const mine = attribute === "value" ? element.name === "rows" || element.name === "susun" : true;
        if (!mine) continue;
        const renamed = text.replace(new RegExp(`(^|[#:])${old}(?=$|-)`), `$1${key}`);
        if (renamed !== text) element.setAttribute(attribute, renamed);
      }
    }
  }

  function newRow(key, code) {
    const row = pattern.content.firstElementChild.cloneNode(true);
    rename(row, "n0", key);
    section(code).querySelector("[data-rows]").append(row);
    field(row, "area").value = code;
    const before = row.previousElementSibling;
    const paying = before ? fields(before, "source").filter((select) => select.value) : [];
    // Most lines of a plan are paid as the one above; shown, so that it can be changed before it is saved.
    if (paying.length === 1) fields(row, "source")[0].value = paying[0].value;
    window.planSources.tidy(row.querySelector("[data-sources]"));
    return row;
  }

  function copyRow(row) {
    const key = freshKey();
    const copy = row.cloneNode(true);
    for (const error of copy.querySelectorAll(".form-error")) error.remove();
    for (const wrong of copy.querySelectorAll("[aria-invalid]")) wrong.removeAttribute("aria-invalid");
    copy.querySelector(".contested")?.remove();
    copy.classList.remove("has-error");
    // cloneNode takes the values of the page's text, not what was chosen since.
    const before = row.querySelectorAll("input, select");
    copy.querySelectorAll("input, select").forEach((element, place) => {
      if (element.type === "checkbox") element.checked = before[place].checked;
      else element.value = before[place].value;
    });
    rename(copy, row.dataset.row, key);
    row.after(copy);
    return copy;
  }

  function changed() {
    sum();
    form.dispatchEvent(new Event("change", { bubbles: true })); // the kept draft follows
  }

  /* The server holds the same limit (forms.plan_grid.MAX_ROWS) and its sentence: what is sent of more may be refused. */
  function isFull(beside) {
    form.querySelector(".notice-full")?.remove();
    if (rows().length < Number(form.dataset.maxRows)) return false;
    const notice = document.createElement("p");
    notice.className = "notice notice-warning notice-full";
    notice.setAttribute("role", "alert");
    notice.textContent = form.dataset.full;
    beside.after(notice);
    return true;
  }

  const tools = {
    add(button) {
      if (isFull(button.parentElement)) return;
      const row = newRow(freshKey(), button.closest("[data-area-code]").dataset.areaCode);
      field(row, "title").focus();
    },
    copy(button) {
      if (isFull(button.closest("[data-row]"))) return;
      field(copyRow(button.closest("[data-row]")), "title").focus();
    },
    up(button) {
      const row = button.closest("[data-row]");
      if (row.previousElementSibling) row.previousElementSibling.before(row);
      button.focus();
    },
    down(button) {
      const row = button.closest("[data-row]");
      if (row.nextElementSibling) row.nextElementSibling.after(row);
      button.focus();
    },
    everyMonth(button) {
      const boxes = fields(button.closest("[data-row]"), "months");
      const every = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !every;
    },
    drop(button) {
      const row = button.closest("[data-row]");
      const written = fields(row, "title")[0].value.trim();
      const next = row.nextElementSibling || row.previousElementSibling;
      const foot = row.closest("[data-area-code]").querySelector("[data-tool=add]");
      const home = row.parentElement;
      const after = row.nextElementSibling;
      row.remove();
      (next ? field(next, "title") : foot).focus();
      if (written) offerBack(row, home, after, written);
    },
  };

  /* A dropped row can be fetched back until the page is left: no question is needed before. */
  function offerBack(row, home, after, title) {
    form.querySelector(".notice-undo")?.remove();
    const notice = document.createElement("div");
    notice.className = "notice notice-undo";
    notice.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = `Baris "${title}" dihapus dari formulir.`;
    const back = document.createElement("button");
    back.type = "button";
    back.className = "btn btn-sm btn-secondary";
    back.textContent = "Kembalikan baris";
    back.addEventListener("click", () => {
      home.insertBefore(row, after && after.isConnected ? after : null);
      notice.remove();
      field(row, "title").focus();
      changed();
    });
    notice.append(words, back);
    home.after(notice);
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (!button) return;
    event.preventDefault();
    tools[button.dataset.tool](button);
    changed();
  });

  form.addEventListener("input", sum);
  form.addEventListener("change", (event) => {
    const select = event.target;
    if (select.matches?.("[data-area]") && whole) {
      const row = select.closest("[data-row]");
      section(select.value).querySelector("[data-rows]").append(row);
      select.focus();
    }
    const box = select.closest?.("[data-sources]");
    if (box) window.planSources.tidy(box);
    sum();
  });

  /* On a phone the keyboard's own key leads through the line; at a desk Enter saves. */
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.key !== "Enter" || !row || !event.target.matches("input[enterkeyhint]")) return;
    if (!window.matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    const stops = [...row.querySelectorAll("input:not([type=hidden]), select")].filter((stop) => stop.checkVisibility());
    stops[stops.indexOf(event.target) + 1]?.focus();
  });

  window.planSources.follow(form);

  function tidy() {
    for (const box of form.querySelectorAll("[data-sources]")) window.planSources.tidy(box);
  }

  /* A kept draft: the rows that it knows, in its order, before its words are put back. */
  form.addEventListener("draft:restore", (event) => {
    if (!whole) return;
    const known = event.detail.names.filter((name) => name.endsWith("-title")).map((name) => name.slice(0, -6));
    const codes = new Map(event.detail.fields.filter(([name]) => name.endsWith("-area")));
    for (const row of rows()) if (!known.includes(row.dataset.row)) row.remove();
    for (const key of known) {
      const code = codes.get(`${key}-area`);
      if (!/^[ln]\d{1,6}$/.test(key) || !code || !section(code)) continue;
      const row = rows().find((found) => found.dataset.row === key) || newRow(key, code);
      section(code).querySelector("[data-rows]").append(row);
      const wanted = event.detail.fields.filter(([name]) => name === `${key}-source`).length;
      while (fields(row, "source").length < wanted) {
        const slots = row.querySelectorAll("[data-source]");
        window.planSources.more(slots[slots.length - 1], slots.length);
      }
    }
  });
  form.addEventListener("draft:restored", () => {
    for (const slot of form.querySelectorAll("[data-source]")) slot.hidden = false;
    tidy();
    sum();
  });

  tidy();
  sum();
})();
