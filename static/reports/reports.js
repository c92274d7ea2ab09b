/* While a report is under way, its row is asked for again and swapped when its state changed. The page works without. */
(() => {
  "use strict";

  const list = document.getElementById("daftar-laporan");
  const said = document.querySelector("[data-refresh-said]");
  if (!list) return;

  // Milliseconds before each request: most documents are ready within a second or two.
  const FIRST = [250, 250, 300, 400, 600, 800, 1200];
  const NEXT = 2000;
  const SLOW = 10000;
  const PATIENCE = 30; // requests before the slow pace
  let rounds = 0;

  const underWay = () => Boolean(list.querySelector("[data-under-way='1']"));

  function wait() {
    if (!underWay()) return;
    const pause = rounds < PATIENCE ? (FIRST[rounds] ?? NEXT) : SLOW;
    rounds += 1;
    setTimeout(refresh, pause);
  }

  /* At first only a change of state matters, which costs the server little to tell; later age and progress as well. */
  function address() {
    const url = new URL(list.dataset.refresh, location.href);
    if (rounds > FIRST.length) return url;
    const waiting = list.querySelectorAll("tr[data-state^='queued'], tr[data-state^='running']");
    url.searchParams.set("menunggu", [...waiting].map((row) => `${row.id}.${row.dataset.state.split("-")[0]}`).join());
    return url;
  }

  async function refresh() {
    if (document.hidden) {
      rounds = Math.max(rounds, FIRST.length);
      return wait();
    }
    try {
      const answer = await fetch(address(), { credentials: "same-origin", redirect: "error" });
      if (answer.status === 200) swap(await answer.text());
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
