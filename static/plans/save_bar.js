/* What the keyboard reaches is never left under the bar at the lower edge: browsers scroll a stop into the window,
   but not clear of what is stuck to it. */
(() => {
  "use strict";

  const bar = document.querySelector(".save-bar");
  document.addEventListener("focusin", (event) => {
    if (!bar || bar.contains(event.target)) return;
    const over = event.target.getBoundingClientRect().bottom + 8 - bar.getBoundingClientRect().top;
    if (over > 0) window.scrollBy({ top: over, behavior: "instant" });
  });
})();
