/* A page with several forms: sending one of them keeps what is typed in the others, in this tab, and puts it back when
   the same form is shown again. Nothing is kept of a form that is sent, nor after signing out. Nothing needs it. */
(() => {
  const MARK = "coopcity forms", KEPT_FOR = 12 * 3600000, {who, signOut} = document.currentScript.dataset;
  const TYPED = "textarea[name], select[name], input[name]:not([type=hidden], [type=password], [type=file], [type=submit])";
  const store = (() => { try { return sessionStorage; } catch (_refused) { return null; } })();
  if (!store) return;
  const forms = [...document.querySelectorAll("main form[method=post]:not([data-autosave])")];
  const controls = (form) => [...form.elements].filter((one) => one.matches(TYPED));
  const ticked = (one) => one.type === "checkbox" || one.type === "radio";
  const now = (one) => one.tagName === "SELECT" ? [...one.options].map((option) => option.selected) : ticked(one) ? one.checked : one.value;
  const loaded = new Map(forms.flatMap(controls).map((one) => [one, JSON.stringify(now(one))]));
  /* Forms may share an address: they differ in their controls, or in their place. */
  const plain = (form) => JSON.stringify([form.getAttribute("action"), controls(form).map((one) => [one.name, ticked(one) && one.value])]);
  const called = (form) => plain(form) + forms.filter((one) => plain(one) === plain(form)).indexOf(form);
  const read = () => {
    try {
      const kept = JSON.parse(store.getItem(MARK) || "{}");
      return kept.who === who && Date.now() - kept.at < KEPT_FOR ? kept.forms : {};
    } catch (_broken) { return {}; }
  };
  const write = (kept) => {
    try {
      if (Object.keys(kept).length) store.setItem(MARK, JSON.stringify({who, at: Date.now(), forms: kept}));
      else store.removeItem(MARK);
    } catch (_full) { /* the page works without it */ }
  };
  const names = new Map(forms.map((form) => [form, called(form)]));

  const kept = read();
  for (const [form, name] of names) {
    for (const [place, was, value] of kept[name] || []) {
      const one = controls(form)[place];
      if (loaded.get(one) !== was) continue;  // changed meanwhile: what is stored now comes first
      if (one.tagName === "SELECT") [...one.options].forEach((option, at) => { option.selected = value[at]; });
      else if (ticked(one)) one.checked = value;
      else one.value = value;
      for (const told of ["input", "change"]) one.dispatchEvent(new Event(told, {bubbles: true}));
    }
    delete kept[name];
  }
  write(kept);

  /* A page that is one form: Enter presses the button of the action in whose group somebody types. */
  document.addEventListener("keydown", (event) => {
    const one = event.target, button = event.key === "Enter" && one.matches("main input:not([type=checkbox], [type=radio])")
      && one.form?.elements["unsent:page"] && one.closest("[role=group]")?.querySelector("button[formaction]");
    if (button) { event.preventDefault(); button.click(); }
  });

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (event.target.getAttribute("action") === signOut) { store.removeItem(MARK); return; }
    const typed = read();
    for (const [form, name] of names) {
      const changed = controls(form).map((one, place) => [place, loaded.get(one), now(one)]).filter(([, was, value]) => JSON.stringify(value) !== was);
      if (form !== event.target && changed.length) typed[name] = changed;
      else delete typed[name];
    }
    write(typed);
  });
})();
