/* What is typed into a form with data-keep stays on this device until it is saved. Who comes back to such a form is
   asked first: nothing is put back, and nothing thrown away, without an answer.

   Each visit of a form keeps its typing in a slot of its own, so new words never take the place of older ones that
   nobody decided about. A slot ends when its form was saved, when it is thrown away, or after seven days.
   Loaded after portal.js: what that holds back (a second click, a question before a loss) is not sent. */
(() => {
  "use strict";

  const DRAFT = "isian:";
  const SENT = "isian-terkirim";
  const DRAFT_DAYS = 7;
  const user = document.body.dataset.user || "";

  /* Storage may be full or forbidden; then drafts are simply not kept. */
  const store = {
    get(area, key) {
      try { return area.getItem(key); } catch { return null; }
    },
    set(area, key, value) {
      try { area.setItem(key, value); } catch { /* not kept */ }
    },
    drop(area, key) {
      try { area.removeItem(key); } catch { /* nothing there */ }
    },
    keys(area) {
      try { return Object.keys(area); } catch { return []; }
    },
  };

  /* What a form holds */

  const typed = (element) =>
    element.name && !element.disabled && !["hidden", "password", "file", "submit", "button"].includes(element.type);

  /* What stands in the form now; or, `stored`, what the server sent: a browser that reloads may have filled it in. */
  function snapshot(form, stored = false) {
    const fields = [];
    const names = new Set();
    for (const element of form.elements) {
      if (!typed(element)) continue;
      names.add(element.name);
      if (element.type === "checkbox" || element.type === "radio") {
        if (stored ? element.defaultChecked : element.checked) fields.push([element.name, element.value]);
      } else if (element.type === "select-multiple") {
        for (const option of element.options) {
          if (stored ? option.defaultSelected : option.selected) fields.push([element.name, option.value]);
        }
      } else if (element.type === "select-one" && stored) {
        const chosen = [...element.options].find((option) => option.defaultSelected) || element.options[0];
        fields.push([element.name, chosen ? chosen.value : ""]);
      } else {
        fields.push([element.name, stored ? element.defaultValue : element.value]);
      }
    }
    // With the marks that belong to these words (the version and what the page showed then, the key of a new row),
    // an old draft meets the conflict page instead of overwriting, and a form sent twice still makes one row.
    const marks = {};
    for (const name of ["version", "seen", "request_key"]) {
      if (form.elements[name]) marks[name] = form.elements[name].value;
    }
    return { fields, names: [...names], marks };
  }

  const sameFields = (one, other) => JSON.stringify(one.fields) === JSON.stringify(other.fields);

  /* Whether the page shows every word of the draft, as the answer to a form that was sent does. */
  function shows(page, draft) {
    const known = new Set(draft.names);
    return sameFields({ fields: page.fields.filter(([name]) => known.has(name)) }, draft);
  }

  function fill(form, draft) {
    // Forms whose rows come and go make room first (kpspams/plan_grid.js).
    form.dispatchEvent(new CustomEvent("draft:restore", { detail: draft }));
    const values = new Map(draft.names.map((name) => [name, []]));
    for (const [name, value] of draft.fields) values.get(name)?.push(value);
    for (const element of form.elements) {
      if (!typed(element) || !values.has(element.name)) continue;
      const kept = values.get(element.name);
      if (element.type === "checkbox" || element.type === "radio") {
        element.checked = kept.includes(element.value);
      } else if (element.type === "select-multiple") {
        for (const option of element.options) option.selected = kept.includes(option.value);
      } else if (kept.length) {
        element.value = kept.shift();
      }
    }
    for (const [name, value] of Object.entries(draft.marks)) if (form.elements[name]) form.elements[name].value = value;
    form.dispatchEvent(new CustomEvent("draft:restored"));
  }

  /* Slots */

  const place = (form) => `${DRAFT}${user}:${location.pathname}:${form.dataset.keep}`;
  const belongs = (key, form) => key === place(form) || key.startsWith(`${place(form)}~`);
  const own = new WeakMap(); // form -> the slot of this visit
  const shown = new WeakMap(); // form -> what the server has of it; null where the page itself brings unsaved words

  function read(key) {
    try {
      const draft = JSON.parse(store.get(localStorage, key));
      return draft && Array.isArray(draft.fields) && Array.isArray(draft.names) ? draft : null;
    } catch {
      return null;
    }
  }

  function save(form) {
    const now = snapshot(form);
    const stored = shown.get(form);
    if (stored && sameFields(now, stored)) store.drop(localStorage, own.get(form));
    else store.set(localStorage, own.get(form), JSON.stringify({ ...now, at: Date.now() }));
  }

  /* The question */

  function when(draft) {
    const at = new Date(draft.at);
    const day = at.toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" });
    return `${day}, ${String(at.getHours()).padStart(2, "0")}.${String(at.getMinutes()).padStart(2, "0")}`;
  }

  let boxes = 0;

  function notice(form) {
    const box = document.createElement("div");
    box.className = "notice notice-warning notice-draft";
    box.setAttribute("role", "status");
    box.tabIndex = -1;
    box.id = `isian-${(boxes += 1)}`;
    form.before(box);
    return box;
  }

  /* Says something in the box, with buttons [label, does]; readers hear it, for the box stood there before. */
  function say(box, text, ...buttons) {
    const words = document.createElement("p");
    words.textContent = text;
    words.id = `${box.id}-kata`;
    const row = document.createElement("div");
    row.className = "button-row";
    for (const [label, does] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-secondary";
      button.textContent = label;
      button.setAttribute("aria-describedby", words.id);
      button.addEventListener("click", does);
      row.append(button);
    }
    box.replaceChildren(words, row);
  }

  function ask(form, key, box = notice(form)) {
    const draft = read(key);
    const from = when(draft);
    const restore = () => {
      save(form); // what was typed before this answer waits for an answer of its own
      const before = own.get(form);
      own.set(form, key);
      fill(form, draft);
      save(form);
      // Taken back it is asked about again: a second tap where "Pulihkan" stood must not throw it away.
      say(box, `Isian dari ${from} dipulihkan. Periksa, lalu simpan.`, ["Batal pulihkan", () => {
        save(form);
        location.reload();
      }]);
      box.focus();
      if (before !== key && read(before)) ask(form, before);
    };
    const discard = () => {
      const kept = store.get(localStorage, key);
      store.drop(localStorage, key);
      say(box, `Isian dari ${from} dibuang.`, ["Batal buang", () => {
        store.set(localStorage, key, kept);
        ask(form, key, box);
        box.focus();
      }]);
      box.focus();
    };
    const question = `Ada isian yang belum tersimpan dari ${from}.`;
    setTimeout(() => say(box, question, ["Pulihkan", restore], ["Buang", discard]), 0);
  }

  /* On each page */

  const forms = [...document.querySelectorAll("form[data-keep]")];
  const sent = store.get(sessionStorage, SENT);
  const refused = document.querySelector(".error-summary, .error-page, .login-page");
  // Taken is what the portal says it took: a word on the page after it, or data-saved where the form stands again.
  const said = document.querySelector("[data-said]") || forms.some((form) => "saved" in form.dataset);
  store.drop(sessionStorage, SENT);
  if (sent && said && !refused) store.drop(localStorage, sent);

  for (const key of store.keys(localStorage)) {
    if (!key.startsWith(DRAFT)) continue;
    const draft = read(key);
    if (!draft || Date.now() - draft.at > DRAFT_DAYS * 86400000) store.drop(localStorage, key);
  }

  for (const form of forms) {
    const page = snapshot(form, true);
    const last = sent && belongs(sent, form) ? read(sent) : null;
    // After a refused save, or a button that only rearranges, the page itself brings what was typed.
    const brings = "posted" in form.dataset || refused || (last && shows(page, last));
    own.set(form, brings && last ? sent : `${place(form)}~${Date.now()}`);
    shown.set(form, brings ? null : page);
    if ("posted" in form.dataset) save(form);
    if (!brings) {
      const waiting = store.keys(localStorage).filter((key) => belongs(key, form));
      for (const key of waiting.sort((one, other) => read(other).at - read(one).at)) {
        if (sameFields(read(key), page)) store.drop(localStorage, key);
        else ask(form, key);
      }
    }
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => save(form), 300);
    });
    form.addEventListener("change", () => save(form));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.matches("[data-keep]")) {
      save(form);
      store.set(sessionStorage, SENT, own.get(form));
    }
    if (form.matches("[data-logout]")) {
      for (const key of store.keys(localStorage)) if (key.startsWith(DRAFT)) store.drop(localStorage, key);
    }
  });
})();
