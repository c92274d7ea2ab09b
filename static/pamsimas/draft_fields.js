/* What a form holds: read into a draft, and put back. */
(() => {
  "use strict";

  const UNTYPED = ["hidden", "password", "file", "submit", "button", "reset", "image"];
  const LISTED = 60; // fields of a draft that a person can read without its form

  // What belongs to the words: the version and what the page showed then, the key of a new row. With them an old draft
  // meets the conflict page instead of overwriting, and a form sent twice still makes one row.
  const MARK = /(^|-)(version|seen|request_key|key)$/;

  const typed = (element) => element.name && !element.disabled && !UNTYPED.includes(element.type);
  const isMark = (element) => element.type === "hidden" && MARK.test(element.name);
  const isFile = (element) => element.type === "file" && element.name && !element.disabled;

  function valuesOf(element, stored) {
    if (element.type === "checkbox" || element.type === "radio") {
      return (stored ? element.defaultChecked : element.checked) ? [element.value] : [];
    }
    if (element.type === "select-multiple") {
      const chosen = [...element.options].filter((one) => (stored ? one.defaultSelected : one.selected));
      return chosen.map((option) => option.value);
    }
    if (element.type === "select-one" && stored) {
      const chosen = [...element.options].find((option) => option.defaultSelected) || element.options[0];
      return [chosen ? chosen.value : ""];
    }
    return [stored ? element.defaultValue : element.value];
  }

  /* What stands in the form now; or, `stored`, what the server sent: a browser that reloads may have filled it in. */
  function snapshot(form, stored = false) {
    const fields = [], names = new Set(), marks = {};
    for (const element of form.elements) {
      if (isMark(element)) marks[element.name] = element.value;
      if (!typed(element)) continue;
      names.add(element.name);
      for (const value of valuesOf(element, stored)) fields.push([element.name, value]);
    }
    return { fields, names: [...names], marks };
  }

  const sameFields = (one, other) => JSON.stringify(one.fields) === JSON.stringify(other.fields);

  /* Whether the page shows every word of the draft, as the answer to a form that was sent does. */
  function shows(page, draft) {
    const known = new Set(draft.names);
    return sameFields({ fields: page.fields.filter(([name]) => known.has(name)) }, draft);
  }

  /* What was typed into fields that this form does not have, rows that come with the draft apart. */
  function homeless(form, draft) {
    if ("draftRows" in form.dataset) return [];
    const here = new Set([...form.elements].filter(typed).map((element) => element.name));
    return [...draft.fields, ...draft.rest].filter(([name, value]) => value && !here.has(name));
  }

  function fill(form, draft) {
    // Forms whose rows come and go make room first (plans/plan_grid.js).
    form.dispatchEvent(new CustomEvent("draft:restore", { detail: draft }));
    const values = new Map(draft.names.map((name) => [name, []]));
    for (const [name, value] of [...draft.fields, ...draft.rest]) {
      if (!values.has(name)) values.set(name, []);
      values.get(name).push(value);
    }
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
    for (const folded of form.querySelectorAll("details:not([open])")) {
      if ([...folded.querySelectorAll("input, select, textarea")].some(changed)) folded.open = true;
    }
    form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
  }

  const changed = (element) => typed(element) && valuesOf(element).join() !== valuesOf(element, true).join();

  /* Label and text of what was changed, for people. */
  function summary(form) {
    const lines = [];
    for (const element of form.elements) {
      if (lines.length === LISTED) break;
      if (!changed(element)) continue;
      const text = textOf(element);
      if (text) lines.push([labelOf(element), text]);
    }
    return lines;
  }

  function textOf(element) {
    if (element.type === "checkbox") return element.checked ? "Ya" : "Tidak";
    if (element.type === "radio") return element.checked ? clean(element.labels[0]) : "";
    if (element.options) return [...element.selectedOptions].map((option) => clean(option)).join(", ");
    return element.value.trim();
  }

  function labelOf(element) {
    const group = element.closest("fieldset")?.querySelector("legend");
    if (element.type === "radio" && group) return clean(group);
    const label = clean(element.labels?.[0]).replace(/ \(wajib\)$/, "");
    return label || element.getAttribute("aria-label") || clean(group) || "Isian";
  }

  const clean = (element) => (element?.textContent || "").replace(/\s+/g, " ").trim().slice(0, 120);

  /* Words typed: each word of a text, and each choice. */
  const countWords = (lines) => lines.reduce((sum, [, text]) => sum + text.split(/\s+/).length, 0);

  window.draftFields = {
    typed, isFile, snapshot, sameFields, shows, homeless, fill, summary, countWords, clean,
  };
})();
