/* The files of drafts, in IndexedDB: a browser forgets what was chosen when a page is left. They live as long as their
   draft: `sweep` deletes those whose draft has ended. */
(() => {
  "use strict";

  const DATABASE = "isian";
  const STORE = "berkas";
  const MAX_FILES = 60; // of one user
  const MAX_BYTES = 25 * 2 ** 20; // of one user
  const PATIENCE = 10_000; // milliseconds; a store that hangs holds no form back for ever

  const { user } = window.draftStore;
  let opened = null;

  function open() {
    opened ||= new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => {
        const store = request.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
        store.createIndex("user", "user");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
    });
    return opened;
  }

  /* Runs `work` in one transaction and resolves to what it returns when all is written. */
  async function within(mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(transaction.error || new Error("aborted"));
      transaction.onerror = () => reject(transaction.error);
      setTimeout(() => reject(new Error("the store hangs")), PATIENCE);
      work(transaction.objectStore(STORE), (value) => { result = value; });
    });
  }

  function ofUser(store, then) {
    store.index("user").getAll(user).onsuccess = (event) => then(event.target.result);
  }

  /* Keeps `files` as what is chosen in `field` of the draft `name`, instead of what was. Resolves to those kept:
     fewer than were given where the limits are reached, none where there is no such store. */
  async function put(name, field, files) {
    const chosen = [...files];
    try {
      return await within("readwrite", (store, done) => {
        ofUser(store, (rows) => {
          const before = rows.filter((row) => row.draft === name && row.field === field);
          for (const row of before) store.delete(row.id);
          const others = rows.filter((row) => !before.includes(row));
          let count = others.length, bytes = others.reduce((sum, row) => sum + row.file.size, 0);
          const kept = [];
          for (const file of chosen) {
            if (count + 1 > MAX_FILES || bytes + file.size > MAX_BYTES) continue;
            count += 1;
            bytes += file.size;
            store.add({ user, draft: name, field, file });
            kept.push(file);
          }
          done(kept);
        });
      });
    } catch {
      return [];
    }
  }

  /* Field -> its files, in the order of choosing. */
  async function get(name) {
    const found = new Map();
    try {
      const rows = await within("readonly", (store, done) => ofUser(store, done));
      for (const row of rows) {
        if (row.draft === name) found.set(row.field, [...(found.get(row.field) || []), row.file]);
      }
    } catch { /* no such store: nothing was kept */ }
    return found;
  }

  /* Deletes the files of drafts that have ended. Those of other users stay until their owner comes. */
  async function sweep() {
    if (!user || !window.indexedDB) return;
    try {
      await within("readwrite", (store) => {
        ofUser(store, (rows) => {
          const alive = new Set(window.draftStore.own().map(({ name }) => name));
          for (const row of rows) if (!alive.has(row.draft)) store.delete(row.id);
        });
      });
    } catch { /* next time */ }
  }

  window.draftFiles = { MAX_FILES, MAX_BYTES, put, get, sweep };
})();
