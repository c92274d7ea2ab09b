/* The draft of one form: which slot it writes to, under which key, with which files. */
(() => {
  "use strict";

  const store = window.draftStore, files = window.draftFiles;
  const { isFile, snapshot, sameFields, summary, countWords, clean } = window.draftFields;
  const { device, filesText, box, say } = window.draftNotice;

  const states = new WeakMap(); // form -> { place, slot, key, shown, rest, files, sent, href, full, filesBoxes }
  let stopped = false; // the person leaves and wants nothing kept

  const addressOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;

  function keyField(form) {
    let field = form.elements.draft_key;
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "draft_key";
      form.append(field);
    }
    return field;
  }

  function setKey(form, key) {
    states.get(form).key = key;
    keyField(form).value = key;
  }

  function useSlot(form, slot, draft = store.read(slot)) {
    Object.assign(states.get(form), { slot, rest: draft?.rest || [], files: draft?.files || [], sent: draft?.sent });
    setKey(form, draft?.key || store.uuid());
  }

  /* Saving */

  const content = (draft) => JSON.stringify([draft.fields, draft.rest, draft.files]);

  function describe(form) {
    const crumbs = [...document.querySelectorAll(".crumbs li")].slice(1, -1).map(clean);
    const village = form.querySelector("select[name=village], select[name=desa]");
    const chosen = village && village.value ? clean(village.selectedOptions[0]) : "";
    return { title: clean(document.querySelector("h1")), where: chosen || crumbs.join(" › "), lines: summary(form) };
  }

  function save(form) {
    if (stopped) return true;
    const state = states.get(form);
    let before = store.read(state.slot);
    if (!before && state.sent) {
      // Saved meanwhile, as another page was informed: what is typed now is something new.
      state.slot = `${state.place}~${store.uuid()}`;
      state.sent = 0;
      setKey(form, store.uuid());
    }
    const held = snapshot(form);
    // The page of an expired form carries the words hidden (records/expired.py): they stay as they were written.
    const hidden = before && !held.names.length;
    const { fields, names, marks } = hidden ? before : held;
    const now = { fields, names, marks, rest: state.rest, files: state.files };
    if (before?.sent && content(before) !== content(now)) {
      // The key that was sent stands for other words: when the server names it, these must stay.
      before = { ...before, sent: 0 };
      state.sent = 0;
      setKey(form, store.uuid());
    }
    const nothing = state.shown && sameFields(now, state.shown) && !now.files.length && !now.rest.length;
    if (nothing) {
      store.drop(state.slot);
      return true;
    }
    const { title, where, lines } = hidden ? before : describe(form);
    return store.write(state.slot, {
      ...now, key: state.key, at: Date.now(), sent: before?.sent || 0, tried: before?.tried || 0,
      refused: before?.refused || 0,
      title, where, lines, words: countWords(lines || []), href: state.href, action: addressOf(form),
    });
  }

  function saveOrWarn(form) {
    const state = states.get(form);
    const kept = save(form);
    if (kept === !state.full) return;
    state.full = !kept;
    state.fullBox ||= box((made) => form.before(made), "error");
    if (kept) state.fullBox.replaceChildren();
    else {
      say(state.fullBox, `Ruang penyimpanan di ${device} penuh, jadi isian ini tidak ikut disimpan di ${device}. Kirim `
        + "isian ini sebelum menutup halaman, atau buang isian lama yang tidak dipakai lagi.",
      ["Lihat isian lama", document.body.dataset.unsentDrafts || "/"]);
    }
    state.fullBox.hidden = kept;
  }

  /* Files */

  const listed = (field, file, kept) => ({ field, name: file.name, size: file.size, type: file.type, kept });

  async function keepFiles(form, input) {
    const state = states.get(form);
    const chosen = [...input.files];
    const others = state.files.filter((file) => file.field !== input.name);
    state.files = [...others, ...chosen.map((file) => listed(input.name, file, true))];
    saveOrWarn(form); // the draft first: files without one are swept away
    const kept = await files.put(state.slot, input.name, chosen);
    state.files = [...others, ...chosen.map((file) => listed(input.name, file, kept.includes(file)))];
    saveOrWarn(form);
    const left = state.files.filter((file) => file.field === input.name && !file.kept);
    noteFiles(form, input, left.length && `${filesText(left)} tidak ikut disimpan di ${device}: paling banyak `
      + `${files.MAX_FILES} foto, ${files.MAX_BYTES / 2 ** 20} MB. Isian Anda tetap disimpan; bila pengiriman gagal, `
      + "pilih lagi fotonya.");
  }

  /* A word below the input; none takes the last one away. */
  function noteFiles(form, input, text) {
    const { filesBoxes } = states.get(form);
    if (!text && !filesBoxes.has(input)) return;
    if (!filesBoxes.has(input)) filesBoxes.set(input, box((made) => input.after(made)));
    filesBoxes.get(input).hidden = !text;
    if (text) say(filesBoxes.get(input), text);
  }

  /* Puts the kept files back into their inputs, where nothing else is chosen. */
  async function restoreFiles(form) {
    const state = states.get(form);
    if (!state.files.length) return;
    const kept = await files.get(state.slot);
    for (const input of [...form.elements].filter(isFile)) {
      const wanted = state.files.filter((file) => file.field === input.name);
      if (!wanted.length || input.files.length) continue;
      const found = kept.get(input.name) || [];
      const bag = new DataTransfer();
      for (const file of found) bag.items.add(file);
      input.files = bag.files;
      const missing = wanted.filter((file) => !found.some((one) => one.name === file.name)).map((file) => file.name);
      const back = found.length ? `${filesText(wanted)} dipasang lagi dari ${device}. ` : "";
      noteFiles(form, input, missing.length ? `Pilih lagi ${missing.join(", ")}: tidak ada di ${device}.` : back);
    }
  }

  /* Keeps the words of a form that could not be sent. Whether there was room. */
  function keepUnsent(form) {
    if (!states.has(form)) return false;
    saveOrWarn(form);
    const { slot, full } = states.get(form);
    const draft = store.read(slot);
    if (draft) store.write(slot, { ...draft, tried: Date.now() });
    return !full;
  }

  /* Writes what is sent now; its draft waits for an answer. Returns the slot. */
  function markSent(form) {
    saveOrWarn(form);
    const state = states.get(form);
    const draft = store.read(state.slot);
    if (draft) store.write(state.slot, { ...draft, sent: Date.now(), tried: Date.now(), refused: 0 });
    state.sent = Date.now();
    return state.slot;
  }

  window.draftForms = {
    states, addressOf, useSlot, save, saveOrWarn, keepFiles, restoreFiles, keepUnsent, markSent,
    stop() { stopped = true; },
  };
})();
