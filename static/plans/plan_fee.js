/* The fee check beside the grid of a plan, followed while somebody types. Loaded before plan_grid.js, which tells the costs. */
(() => {
  "use strict";

  function rupiah(amount) {
    const digits = String(amount < 0n ? -amount : amount).replace(/\B(?=(\d{3})+$)/g, ".");
    return `${amount < 0n ? "-" : ""}Rp${digits}`;
  }

  /* The fee check, as plans/queries/fees.py makes it (tests/plans/test_fees_js.py compares both): all amounts of a year, in
     ten-thousandths of a rupiah. */

  function read(form) {
    const panel = form.querySelector("[data-fee]");
    if (!panel) return null;
    const figure = (name) => (panel.dataset[name] ? BigInt(panel.dataset[name]) : null);
    const names = ["payers", "baseFee", "tariff", "useHundredths", "rate", "income", "cost"];
    const told = Object.fromEntries(names.map((name) => [name, figure(name)]));
    return { panel, ...told, unit: panel.dataset.unit, sources: panel.dataset.feeCodes.split(" ") };
  }

  /* Half up, away from zero, as Decimal's ROUND_HALF_UP. */
  function divide(amount, by) {
    const size = amount < 0n ? -amount : amount;
    const whole = (2n * size + by) / (2n * by);
    return amount < 0n ? -whole : whole;
  }

  function judge(fee, costs) {
    const known = fee.payers && (fee.baseFee !== null || fee.tariff !== null);
    const perPayer = known ? ((fee.baseFee || 0n) * 100n + (fee.useHundredths || 0n) * (fee.tariff || 0n)) * fee.rate : null;
    const found = { needed: known ? divide(costs.every, 12n * fee.payers) : null, left: null };
    found.expected = known ? divide(perPayer, 10000n) : null;
    if (fee.income === null && !known) return { ...found, word: "Belum dapat dihitung", tone: "grey" };
    if (fee.income === null && perPayer === 0n) {
      return { ...found, word: "Tidak ada iuran", tone: "red", left: -costs.every };
    }
    const income = fee.income === null ? perPayer * fee.payers * 12n : fee.income * 120000n;
    const routine = (fee.cost === null ? costs.routine : fee.cost * 12n) * 10000n;
    const every = routine + (costs.every - costs.routine) * 10000n;
    found.left = divide(income - every, 10000n);
    if (income < routine) return { ...found, word: "Iuran di bawah BOP", tone: "red" };
    const repair = income >= every && every > routine;
    return { ...found, word: repair ? "Iuran menutup BOP + perbaikan" : "Iuran menutup BOP", tone: "green" };
  }

  const TONE_ICONS = { green: "check-circle-fill", red: "x-circle", grey: "dash-circle" };

  function tell(form, fee, costs) {
    if (!fee) return;
    const found = judge(fee, costs);
    const put = (name, text) => {
      const place = fee.panel.querySelector(`[data-fee-${name}]`);
      if (place && place.textContent !== text) place.textContent = text;
    };
    put("cost", rupiah(costs.every));
    put("routine", rupiah(costs.routine));
    const share = costs.every ? divide(costs.energy * 100n, costs.every) : 0n;
    put("energy", `${rupiah(costs.energy)} (${share} %)`);
    if (found.needed !== null) put("needed", rupiah(found.needed));
    if (found.left !== null) {
      put("left-label", found.left < 0n ? "Kurang setahun" : "Lebih setahun");
      put("left", rupiah(found.left < 0n ? -found.left : found.left));
    }
    const chip = fee.panel.querySelector("[data-fee-verdict] .chip");
    if (chip.lastChild.textContent !== found.word) {
      chip.className = `chip chip-${found.tone}`;
      chip.lastChild.textContent = found.word;
      const use = chip.querySelector("use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*$/, `#${TONE_ICONS[found.tone]}`));
    }
    let brief = found.word;
    if (fee.income !== null || fee.cost !== null) {
      brief += " menurut catatan pemeriksaan";
    } else if (found.needed !== null) {
      brief += `: perlu ${rupiah(found.needed)}, diterima ${rupiah(found.expected)} per ${fee.unit} per bulan`;
    }
    form.querySelector("[data-fee-brief]").textContent = brief;
  }

  const ENERGY = /\b(listrik|pln|bbm|solar|genset|token|pertalite|bensin)\b/i;
  const UPKEEP = /\b(perawatan|perbaikan|pemeliharaan|servis|penggantian|panel|instalasi)\b/i;

  const isEnergy = (words) => ENERGY.test(words) && !UPKEEP.test(words);

  window.planFee = { isEnergy, read, rupiah, tell };
})();
