/* While a report is under way, its row is asked for again and swapped when its state changed. The page works without. */
(() => {
  "use strict";

  const list = document.getElementById("daftar-laporan");
  const said = document.querySelector("[data-refresh-said]");
  if (!list) return;

  const FAST = 2000;
  const SLOW = 10000;
  const PATIENCE = 30; // rounds at the fast pace
  let rounds = 0;

  const underWay = () => Boolean(list.querySelector("[data-under-way='1']"));

  function wait() {
    if (!underWay()) return;
    rounds += 1;
    setTimeout(refresh, rounds < PATIENCE ? FAST : SLOW);
  }

  async function refresh() {
    if (document.hidden) return wait();
    try {
      const answer = await fetch(list.dataset.refresh, { credentials: "same-origin", redirect: "error" });
      if (answer.ok) swap(await answer.text());
    } catch {
      rounds = PATIENCE; // no connection: ask seldom
    }
    wait();
  }

  /* Only rows whose state changed are replaced, so that focus and reading place stay; in others the words that tell age
     and progress are renewed. */
  function swap(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const table = list.querySelector("table");
    const freshTable = fresh.querySelector("table");
    if (!table || !freshTable) return;
    for (const row of fresh.querySelectorAll("tr[id]")) {
      const old = document.getElementById(row.id);
      if (!old) continue;
      if (old.dataset.state === row.dataset.state) {
        renew(old, row);
        continue;
      }
      old.replaceWith(document.adoptNode(row));
      if (said) said.textContent = row.querySelector("strong").textContent + ": " + row.querySelector(".chip").textContent;
    }
    table.dataset.underWay = freshTable.dataset.underWay;
  }

  function renew(old, row) {
    const words = row.querySelectorAll("[data-live]");
    old.querySelectorAll("[data-live]").forEach((place, at) => {
      if (words[at] && place.textContent !== words[at].textContent) place.textContent = words[at].textContent;
    });
  }

  wait();
})();
