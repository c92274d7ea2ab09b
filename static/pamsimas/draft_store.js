/* Drafts: what was typed into forms and is not known to be saved. Each is one entry of localStorage,
   `isian:USER:PATH:FORM~SLOT`; its files stand in draft_files.js under the same name. A draft of one user is neither
   shown to nor deleted by another.

   `key` goes to the server with the form, and only a page that names this key ends the draft. The key stands for the
   content that was sent: changed content gets a key of its own (drafts.js). */
(() => {
  "use strict";

  const PREFIX = "isian:";
  const DAY = 86_400_000; // milliseconds
  const DAYS = 30;
  const KEYS_ASKED = 50; // at once; an address has an end
  const PATIENCE = 5_000; // milliseconds

  const user = document.body.dataset.user || "";

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID(); // not there without HTTPS
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /* Storage may be forbidden: then there are no drafts, and whoever writes one is informed. */
  function names() {
    try { return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)); } catch { return []; }
  }

  const ofUser = (name) => name.startsWith(`${PREFIX}${user}:`);

  function read(name) {
    try {
      const draft = JSON.parse(localStorage.getItem(name));
      if (!draft || !Array.isArray(draft.fields) || !Array.isArray(draft.names)) return null;
      return { marks: {}, rest: [], files: [], ...draft };
    } catch {
      return null;
    }
  }

  /* Whether there was room. */
  function write(name, draft) {
    try {
      localStorage.setItem(name, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  function drop(name) {
    try { localStorage.removeItem(name); } catch { /* nothing there */ }
  }

  const expiry = (draft) => draft.at + DAYS * DAY;

  /* One's own drafts with their names, the newest first. */
  function own() {
    if (!user) return [];
    const found = names().filter(ofUser).map((name) => ({ name, draft: read(name) })).filter(({ draft }) => draft);
    return found.sort((one, other) => other.draft.at - one.draft.at);
  }

  const foreignCount = () => names().filter((name) => !ofUser(name) && read(name)).length;

  function dropExpired() {
    for (const name of names()) {
      const draft = read(name);
      if (!draft || expiry(draft) < Date.now()) drop(name);
    }
  }

  /* Ends the drafts that the server names, and returns them. */
  function settle(keys) {
    const named = new Set(keys);
    const saved = own().filter(({ draft }) => draft.key && named.has(draft.key));
    for (const { name } of saved) drop(name);
    return saved;
  }

  /* Drafts that the server names as refused: answered, and not saved. */
  function refuse(keys) {
    const named = new Set(keys);
    for (const { name, draft } of own()) {
      if (draft.sent && named.has(draft.key)) write(name, { ...draft, sent: 0, refused: Date.now() });
    }
  }

  /* Asks the server about drafts that were sent without an answer. Resolves to those that are saved; they end. */
  async function settleSent() {
    const address = document.body.dataset.savedDrafts;
    const sent = own().filter(({ draft }) => draft.sent && draft.key).slice(0, KEYS_ASKED);
    if (!address || !sent.length) return [];
    const query = new URLSearchParams(sent.map(({ draft }) => ["key", draft.key]));
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(`${address}?${query}`, { signal: stop.signal });
      return settle((await answer.json()).saved);
    } catch {
      return []; // no signal, or no login: the drafts stay
    } finally {
      clearTimeout(timer);
    }
  }

  window.draftStore = {
    DAY, user, uuid, read, write, drop, expiry, own, foreignCount, dropExpired, settle, settleSent, refuse,
    place: (path, form) => `${PREFIX}${user}:${path}:${form}`,
  };
})();
