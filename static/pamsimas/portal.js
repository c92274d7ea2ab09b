/* Small comforts on top of pages that work without them: no double sending, kept drafts, a question before a loss. */
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

  function ask(text, label, danger) {
    return new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      dialog.className = "ask";
      const words = document.createElement("p");
      words.textContent = text;
      const buttons = document.createElement("div");
      buttons.className = "form-buttons";
      const yes = document.createElement("button");
      yes.type = "button";
      yes.className = danger ? "btn btn-danger" : "btn btn-primary";
      yes.textContent = label;
      const no = document.createElement("button");
      no.type = "button";
      no.className = "btn btn-secondary";
      no.textContent = "Batal";
      yes.addEventListener("click", () => dialog.close("ya"));
      no.addEventListener("click", () => dialog.close(""));
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "ya");
      });
      buttons.append(yes, no);
      dialog.append(words, buttons);
      document.body.append(dialog);
      dialog.showModal();
      no.focus();
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const submitter = event.submitter;
    if (form.method !== "post") return;
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    const question = (submitter && submitter.dataset.confirm) || form.dataset.confirm;
    if (question && !form.dataset.confirmed) {
      event.preventDefault();
      const label = submitter ? submitter.textContent.trim() : "Lanjutkan";
      const danger = Boolean(submitter && submitter.classList.contains("btn-danger"));
      ask(question, label, danger).then((agreed) => {
        if (!agreed) return;
        form.dataset.confirmed = "1";
        form.requestSubmit(submitter);
      });
      return;
    }
    delete form.dataset.confirmed;
    if (form.matches("[data-keep]")) {
      saveDraft(form);
      store.set(sessionStorage, SENT, draftKey(form));
    }
    if (form.matches("[data-logout]")) {
      for (const key of store.keys(localStorage)) if (key.startsWith(DRAFT)) store.drop(localStorage, key);
    }
    markBusy(form, submitter);
  });

  // The back button brings the page as it was left, its button disabled.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-busy]")) markFree(form);
  });

  /* Drafts: what is typed into a form with data-keep stays on this device until it is saved. */

  const draftKey = (form) => `${DRAFT}${user}:${location.pathname}:${form.dataset.keep}`;
  const typed = (element) =>
    element.name && !element.disabled && !["hidden", "password", "file", "submit", "button"].includes(element.type);

  function snapshot(form) {
    const fields = [];
    const names = new Set();
    for (const element of form.elements) {
      if (!typed(element)) continue;
      names.add(element.name);
      if (element.type === "checkbox" || element.type === "radio") {
        if (element.checked) fields.push([element.name, element.value]);
      } else if (element.type === "select-multiple") {
        for (const option of element.selectedOptions) fields.push([element.name, option.value]);
      } else {
        fields.push([element.name, element.value]);
      }
    }
    // With the version and the key that belong to these words, an old draft meets the conflict page
    // instead of overwriting, and a form sent twice still makes one row.
    const marks = {};
    for (const name of ["version", "request_key"]) if (form.elements[name]) marks[name] = form.elements[name].value;
    return { fields, names: [...names], marks };
  }

  const sameFields = (one, other) => JSON.stringify(one.fields) === JSON.stringify(other.fields);

  function saveDraft(form) {
    store.set(localStorage, draftKey(form), JSON.stringify({ ...snapshot(form), at: Date.now() }));
  }

  function restore(form, draft) {
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
  }

  function tellRestored(form, draft) {
    const when = new Date(draft.at);
    const day = when.toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" });
    const time = `${String(when.getHours()).padStart(2, "0")}.${String(when.getMinutes()).padStart(2, "0")}`;
    const notice = document.createElement("div");
    notice.className = "notice notice-warning notice-draft";
    notice.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = `Isian yang belum tersimpan dari ${day}, ${time}, dipulihkan. Periksa, lalu simpan.`;
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "btn btn-sm btn-secondary";
    discard.textContent = "Buang isian ini";
    discard.addEventListener("click", () => {
      store.drop(localStorage, draftKey(form));
      location.reload();
    });
    notice.append(words, discard);
    form.before(notice);
  }

  function readDraft(key) {
    try {
      const draft = JSON.parse(store.get(localStorage, key));
      return draft && Array.isArray(draft.fields) && Array.isArray(draft.names) ? draft : null;
    } catch {
      return null;
    }
  }

  const kept = [...document.querySelectorAll("form[data-keep]")];
  const sent = store.get(sessionStorage, SENT);
  // A form that stands on the page it leads back to says by data-saved that it was taken.
  const refusedHere = (form) => draftKey(form) === sent && !("saved" in form.dataset);
  const failed = kept.some(refusedHere) || document.querySelector(".error-page, .login-page");
  if (sent && !failed) {
    store.drop(localStorage, sent);
    store.drop(sessionStorage, SENT);
  }
  for (const key of store.keys(localStorage)) {
    if (!key.startsWith(DRAFT)) continue;
    const draft = readDraft(key);
    if (!draft || Date.now() - draft.at > DRAFT_DAYS * 86400000) store.drop(localStorage, key);
  }
  for (const form of kept) {
    const draft = readDraft(draftKey(form));
    // After a refused save, or a button that only rearranges, the page itself brings what was typed.
    const posted = "posted" in form.dataset;
    const refused = posted || document.querySelector(".error-summary");
    if (posted) saveDraft(form);
    if (draft && !refused && !sameFields(draft, snapshot(form))) {
      // Forms whose rows come and go make room first (kpspams/plan_grid.js).
      form.dispatchEvent(new CustomEvent("draft:restore", { detail: draft }));
      restore(form, draft);
      form.dispatchEvent(new CustomEvent("draft:restored"));
      tellRestored(form, draft);
    }
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => saveDraft(form), 300);
    });
    form.addEventListener("change", () => saveDraft(form));
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
