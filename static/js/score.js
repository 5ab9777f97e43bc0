/* Improves scoring: the weighted score follows each choice, and keys do what the mouse does. Nothing needs it. */
(() => {
  const form = document.querySelector("form.rubric[data-autosave]");
  const groups = form ? [...form.querySelectorAll(".criterion[data-weight]")] : [];

  /* ---- the weighted score: the same sum as on the server, over what was scored ---- */
  const chosen = (group) => group.querySelector("input[type=radio]:checked");
  const count = () => {
    const scored = groups.filter((group) => /^\d+$/.test(chosen(group)?.value || ""));
    const weights = scored.reduce((sum, {dataset}) => sum + Number(dataset.weight), 0);
    const sum = scored.reduce((all, group) => all + group.dataset.weight * chosen(group).value / group.dataset.highest, 0);
    const written = new Intl.NumberFormat(document.documentElement.lang, {maximumFractionDigits: 1});
    const over = form.querySelector(".total [data-over]");
    form.querySelector("output").textContent = weights ? written.format(100 * sum / weights) : "–";
    over.textContent = over.dataset.over.replace("{answered}", scored.length).replace("{count}", groups.length);
  };
  if (form) form.addEventListener("change", count);

  /* ---- keys: listed on the page, can be switched off, never while somebody types ---- */
  const list = document.getElementById("keys"), box = document.getElementById("keys-on"), OFF = "coopcity keys off";
  const store = (() => { try { return localStorage; } catch (_refused) { return null; } })();
  if (!list) return;
  list.hidden = false;
  box.checked = store?.getItem(OFF) !== "1";
  box.addEventListener("change", () => { if (box.checked) store?.removeItem(OFF); else store?.setItem(OFF, "1"); });

  const TEN = 900;
  let last = 0;
  const current = () => groups.find((group) => group.contains(document.activeElement)) || null;
  const go = (rel) => document.querySelector(`a[rel=${rel}]`)?.click();
  const to = (group) => (chosen(group) || group.querySelector("input[type=radio]")).focus();
  const step = (by) => {
    if (!groups.length) { go(by > 0 ? "next" : "prev"); return; }
    const place = groups.indexOf(current()) + (groups.includes(current()) || by > 0 ? by : 0);
    to(groups[Math.max(0, Math.min(groups.length - 1, place))]);
  };
  const give = (value) => {
    const group = current() || groups[0], wanted = group && [...group.querySelectorAll("input[type=radio]")].find((one) => one.value === value);
    if (wanted) { wanted.focus(); wanted.click(); }
  };
  const digit = (key, at) => {
    const ten = key === "0" && at - last < TEN && current() && chosen(current())?.value === "1" && Number(current().dataset.highest) >= 10;
    last = key === "1" ? at : 0;
    give(ten ? "10" : key);
  };
  const reason = () => {
    const why = (current() || groups[0])?.querySelector("[data-reason]");
    if (why) { why.open = true; why.querySelector("textarea").focus(); }
  };
  const DEEDS = {j: () => step(1), k: () => step(-1), J: () => go("next"), K: () => go("prev"), x: () => give("x"), m: reason};

  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.altKey || event.metaKey) return;
    const {key, target} = event;
    if (event.ctrlKey) {
      if (key !== "Enter" || !form) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector(`.actions [value=${event.shiftKey ? "finish" : "next"}]`));
      return;
    }
    const typing = target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
    if (typing) { if (key === "Escape" && current()) to(current()); return; }
    if (/^\d$/.test(key) && groups.length) { event.preventDefault(); digit(key, event.timeStamp); }
    else if (DEEDS[key]) { event.preventDefault(); DEEDS[key](); }
  });
})();
