/* What is typed into a form sent by POST stays on this device until the server names it as saved. Who comes back to
   such a form is asked first: nothing is put back, and nothing thrown away, without an answer.

   Each visit of a form keeps its typing in a slot of its own, so new words never take the place of older ones that
   nobody decided about. A slot ends when the server names its key, when it is thrown away, or after thirty days.
   Forms with data-no-draft, and forms without a field to type into, keep nothing.
   Loaded after portal.js: what that holds back (a second click, a question before a loss) is not sent. */
(() => {
  "use strict";

  const store = window.draftStore;
  const { typed, isFile, snapshot, sameFields, shows, homeless, fill } = window.draftFields;
  const { device, timeText, filesText, refusedText, expiryText, box, atTop, say } = window.draftNotice;
  const { states, addressOf, useSlot, save, saveOrWarn, keepFiles, restoreFiles } = window.draftForms;
  const SENT = "isian-terkirim"; // in the session of this tab: the slot of the form that was sent last
  const OPEN = "#isian="; // in the address: the slot to restore at once

  const place = (form) => states.get(form).place;
  const belongs = (name, form) => name === place(form) || name.startsWith(`${place(form)}~`);
  const keeps = (form) =>
    store.user && form.method === "post" && !("noDraft" in form.dataset)
    && [...form.elements].some((element) => typed(element) || isFile(element));

  /* The question */

  function ask(form, name, place_ = box((made) => form.before(made))) {
    const draft = store.read(name);
    const from = timeText(draft.at);
    const restore = async () => {
      if (draft.files.length) say(place_, "Memulihkan isian dan foto…"); // a second tap finds no button meanwhile
      save(form); // what was typed before this answer waits for an answer of its own
      const before = states.get(form).slot;
      useSlot(form, name, draft);
      fill(form, draft);
      states.get(form).rest = homeless(form, draft);
      await restoreFiles(form);
      save(form);
      // Taken back it is asked about again: a second tap where "Pulihkan" stood must not throw it away.
      say(place_, `Isian dari ${from} dipulihkan. Periksa, lalu simpan.${restText(form)}`, ["Batal pulihkan", () => {
        save(form);
        history.replaceState(null, "", here());
        location.reload();
      }]);
      place_.focus();
      if (before !== name && store.read(before)) ask(form, before);
    };
    const discard = () => {
      store.drop(name);
      say(place_, `Isian dari ${from} dibuang.`, ["Batal buang", () => {
        store.write(name, draft);
        ask(form, name, place_);
        place_.focus();
      }]);
      place_.focus();
    };
    if (location.hash === OPEN + encodeURIComponent(name)) return void restore();
    const elsewhere = draft.href && draft.href !== here() && homeless(form, draft).length;
    const question = [
      `Ada isian yang belum tersimpan dari ${from}.`,
      draft.files.length ? `Dengan ${filesText(draft.files)}.` : "",
      draft.sent ? `Sudah dikirim ${timeText(draft.sent)}, tetapi belum ada jawaban bahwa isian itu tersimpan.` : "",
      refusedText(draft),
      expiryText(draft),
    ].filter(Boolean).join(" ");
    const first = elsewhere ? ["Buka", draft.href + OPEN + encodeURIComponent(name)] : ["Pulihkan", restore];
    setTimeout(() => say(place_, question, first, ["Buang", discard]), 0);
  }

  function restText(form) {
    const words = states.get(form).rest.map(([, value]) => `“${value}”`);
    if (!words.length) return "";
    return ` Yang tidak mempunyai tempat di formulir ini tetap disimpan di ${device}: ${words.join(", ")}.`;
  }

  /* On each page */

  const here = () => location.pathname + location.search;
  const refused = document.querySelector(".error-summary, .error-page, .login-page");

  function sessionSlot(name) {
    try {
      const slot = sessionStorage.getItem(SENT);
      if (name === undefined) sessionStorage.removeItem(SENT);
      else sessionStorage.setItem(SENT, name);
      return slot;
    } catch {
      return null;
    }
  }

  /* The slot of what the page itself brings: after a refused save, or a button that only rearranges. */
  function brought(form, sent, page) {
    const given = form.elements.draft_key?.value;
    const named = given && store.own().find(({ draft }) => draft.key === given);
    if (named) return named.name;
    const draft = sent ? store.read(sent) : null;
    if (!draft) return null;
    const same = belongs(sent, form) || (refused && draft.action === addressOf(form));
    const unchanged = !draft.files.length && shows(page, draft);
    return same && ("posted" in form.dataset || refused || unchanged) ? sent : null;
  }

  const seen = new Map(); // name of a form -> how many of this page have it

  function placeOf(form) {
    const name = form.dataset.keep || (form.getAttribute("action") ? addressOf(form) : "isian");
    seen.set(name, (seen.get(name) || 0) + 1);
    return store.place(location.pathname, seen.get(name) > 1 ? `${name}-${seen.get(name)}` : name);
  }

  function bind(form, sent) {
    const page = snapshot(form, true);
    states.set(form, { place: placeOf(form), filesBoxes: new Map() });
    const slot = brought(form, sent, page);
    const draft = slot && store.read(slot);
    const brings = slot || "posted" in form.dataset || refused;
    Object.assign(states.get(form), { shown: brings ? null : page, href: draft?.href || here() });
    if (draft && refused) { // answered: it was not saved
      const at = refused.matches(".error-summary") ? Date.now() : draft.refused;
      store.write(slot, { ...draft, sent: 0, refused: at });
    }
    useSlot(form, slot || `${place(form)}~${store.uuid()}`);
    if (slot) restoreFiles(form);
    if ("posted" in form.dataset) save(form);
    let timer = 0;
    const flush = () => {
      if (timer) saveOrWarn(form);
      clearTimeout(timer);
      timer = 0;
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(flush, 300);
    });
    // A phone may end a page in the background without a word.
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    form.addEventListener("change", (event) => {
      if (event.target.type === "file") return;
      clearTimeout(timer);
      timer = 0;
      saveOrWarn(form);
    });
    // When photos have been made small (photos.js); the form is not sent before.
    form.addEventListener("files:chosen", (event) => event.detail.push(keepFiles(form, event.target)));
    return brings ? [] : waiting(form, page);
  }

  function waiting(form, page) {
    const found = [];
    for (const { name, draft } of store.own()) {
      if (!belongs(name, form)) continue;
      if (sameFields(draft, page) && !draft.files.length && !draft.rest.length) store.drop(name);
      else found.push({ form, name, sent: draft.sent });
    }
    return found;
  }

  /* A draft whose answer was lost: the person last saw an error page. */
  function saySaved(saved) {
    for (const { draft } of saved) {
      say(atTop("success"), `Isian dari ${timeText(draft.at)} (${draft.title}) sudah `
        + `diterima portal. Salinannya di ${device} dihapus.`);
    }
  }

  const sent = sessionSlot();
  const keysIn = (name) => document.querySelector(`meta[name=${name}]`)?.content.split(" ") || [];
  store.dropExpired();
  saySaved(store.settle(keysIn("saved-drafts")).filter(({ name }) => name !== sent));
  store.refuse(keysIn("refused-drafts"));
  const forms = [...document.forms].filter(keeps);
  const questions = forms.flatMap((form) => bind(form, sent));
  for (const { form, name } of questions.filter((one) => !one.sent)) ask(form, name);
  const ready = store.settleSent().then((saved) => {
    saySaved(saved);
    for (const { form, name } of questions) if (store.read(name)?.sent) ask(form, name);
    window.draftFiles.sweep();
  });

  window.drafts = {
    OPEN,
    ready, // resolves when it is known which drafts are saved
    here: () => [...questions.map(({ name }) => name), ...forms.map((form) => states.get(form).slot)],
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || !states.has(form)) return;
    sessionSlot(window.draftForms.markSent(form));
  });
})();
