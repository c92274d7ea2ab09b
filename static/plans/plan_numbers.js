/* A figure while somebody types, as records/parsers/numbers.py reads it. Loaded before plan_grid.js. */
(() => {
  "use strict";

  const TIMES = { ribu: 3, rb: 3, juta: 6, jt: 6, miliar: 9, milyar: 9, triliun: 12, trilyun: 12 };
  const SHAPE = /^(?:rp\.?|idr)?\s*([\d.,]*\d)\s*(?:,-+|\.-+|,=|\.)?\s*(?:([a-z]+)\.?)?\s*(rupiah|rp|idr)?\s*\.?$/i;
  const GROUPED = /^[1-9]\d{0,2}(?:(?:\.\d{3})*|(?:,\d{3})*)$/;

  /* Whole and decimal digits; null for what could mean two figures. */
  function parts(digits) {
    const signs = digits.replace(/\d/g, "");
    const last = Math.max(digits.lastIndexOf(","), digits.lastIndexOf("."));
    const head = digits.slice(0, last);
    const tail = digits.slice(last + 1);
    if (signs === "") return [digits, ""];
    if (signs.includes(",") && signs.includes(".")) {
      if (signs.split(digits[last]).length !== 2 || !GROUPED.test(head)) return null;
      return [head.replace(/[.,]/g, ""), tail];
    }
    if (signs.length > 1) return GROUPED.test(digits) ? [digits.replace(/[.,]/g, ""), ""] : null;
    if (tail.length === 3 && /[1-9]/.test(head)) {
      return digits[last] === "." && GROUPED.test(digits) ? [head + tail, ""] : null;
    }
    return [head || "0", tail];
  }

  /* In whole hundredths, for 0,145 × 100 must not become 14,499…; null for what the server refuses.
     `money`: whole rupiah, behind which the word may stand. */
  function hundredths(text, money) {
    const found = SHAPE.exec(text.trim().replace(/\s+/g, " "));
    if (!found) return null;
    let [, digits, word, unit] = found;
    word = (word || "").toLowerCase();
    if (word && !(word in TIMES)) {
      if (unit || !["rupiah", "rp", "idr"].includes(word)) return null;
      unit = word;
      word = "";
    }
    if (unit && !money) return null;
    if (word && /[.,]\d{3}$/.test(digits)) return null;
    const read = parts(digits);
    if (!read) return null;
    const moved = 2 + (TIMES[word] || 0);
    const [whole, tail] = read;
    const rest = tail.slice(moved);
    if (/[1-9]/.test(rest)) return null;
    const value = BigInt(whole + tail.slice(0, moved).padEnd(moved, "0"));
    return money && value % 100n ? null : value;
  }

  /* In hundredths, the limits of records/models/figures.py (tests/plans/test_plan_grid_js.py compares them). */
  const MAX_VOLUME = 10n ** 7n * 100n;
  const MAX_RUPIAH = 10n ** 12n * 100n;
  const within = (value, most) => value !== null && value <= most;

  /* What a line costs, half up to whole rupiah; nothing as long as volume or price is none that the server takes. */
  function amount(volume, price) {
    const [pieces, each] = [hundredths(volume, false), hundredths(price, true)];
    if (!within(pieces, MAX_VOLUME) || !within(each, MAX_RUPIAH)) return 0n;
    const cost = (pieces * (each / 100n) + 50n) / 100n;
    return cost < MAX_RUPIAH / 10n ? cost : MAX_RUPIAH / 10n;
  }

  window.planNumbers = { amount, hundredths };
})();
