/* The second net under an application: keeps on this device what no server has acknowledged yet. Nothing needs it. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const words = form.dataset;

  /* ---- the second net: a copy on this device until the text is acknowledged ---- */
  const MARK = "coopcity ", KEPT_FOR = 14 * 86400000;
  /* Only of questions that stand on this page: the others are closed, or were asked by another form. A review names none. */
  const question = ([name]) => name.split("-")[0], open = words.open?.split(" "), isOpen = (field) => !open || open.includes(question(field));
  const takesNoText = (control) => ["file", "hidden", "submit"].includes(control.type);
  const place = MARK + words.autosave, revision = () => Number(form.elements.revision.value);
  const store = (() => { try { return localStorage; } catch (_refused) { return null; } })();
  const typed = () => {
    const names = new Set([...form.elements].filter((one) => !takesNoText(one)).map((one) => one.name));
    return [...new FormData(form)].filter((field) => names.has(field[0]) && isOpen(field));
  };
  const plain = (fields) => JSON.stringify(fields.map(([name, value]) => [name, value.replace(/\s+/g, " ").trim()]).filter((field) => field[1]));
  const remember = () => { try { store?.setItem(place, JSON.stringify({at: Date.now(), who: words.who, revision: revision(), fields: typed()})); } catch (_full) { /* the server is the first net */ } };
  const forget = () => store?.removeItem(place);
  form.addEventListener("input", remember);
  form.addEventListener("acknowledged", forget);
  form.addEventListener("behind", remember);

  /* Typed on what is stored now, or after it was stored by the server's clock; when in doubt it is offered. */
  const DOUBT = 60000, skew = Date.now() - Number(words.now);
  const isNewer = (copy) => !open || copy.revision === revision() || copy.at - skew > Number(words.saved || 0) - DOUBT;
  const differs = (fields) => { const told = new Set(fields.map(question)); return plain(fields) !== plain(typed().filter((field) => told.has(question(field)))); };

  const putBack = (fields) => {
    const control = (name) => [...form.elements].filter((one) => one.name === name);
    const kept = new Map(), told = new Set(fields.map(question));
    for (const [name, value] of fields) kept.set(name, [...(kept.get(name) || []), value]);
    for (const one of form.elements) {
      if (takesNoText(one) || !told.has(question([one.name]))) continue;
      const values = kept.get(one.name) || [];
      if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
      else if (one.tagName === "SELECT") for (const option of one.options) option.selected = values.includes(option.value);
      else if (values.length) [one.value] = values;
    }
    return fields.filter(([name, value]) => value.trim() && !control(name).length).map(([, value]) => value);
  };

  /* As the server writes it (core/i18n/formats.py): maandag 1 februari 2027 om 11.00 uur; lundi 1er février 2027 à 11 h. */
  const moment = (at) => {
    const lang = document.documentElement.lang, is = {}, wanted = {timeZone: "Europe/Brussels", weekday: "long", day: "numeric",
      month: "long", year: "numeric", hour: "numeric", minute: "numeric", hourCycle: "h23"};
    for (const {type, value} of new Intl.DateTimeFormat(lang, wanted).formatToParts(at)) is[type] = value;
    const hour = Number(is.hour), minute = is.minute.padStart(2, "0"), french = lang.startsWith("fr");
    const day = `${is.weekday} ${french && is.day === "1" ? "1er" : is.day}\u00a0${is.month} ${is.year}`;
    return french ? `${day} à ${hour}\u00a0h${minute === "00" ? "" : `\u00a0${minute}`}` : `${day} om ${hour}.${minute}\u00a0uur`;
  };

  const offer = ({at, fields}) => {
    const note = document.createElement("div"), line = document.createElement("p"), acts = document.createElement("p");
    note.className = "note"; note.role = "status"; acts.className = "actions";
    line.textContent = words.found.replace("{moment}", moment(at));
    const button = (label, deed) => {
      const made = document.createElement("button");
      made.type = "button"; made.className = "button secondary compact"; made.textContent = label;
      made.addEventListener("click", () => { note.remove(); deed(); });
      acts.append(made);
    };
    button(words.putBack, () => {
      const homeless = putBack(fields);
      if (homeless.length) { const text = document.createElement("pre"); text.className = "note pre-line"; text.textContent = homeless.join("\n\n"); form.before(text); }
      for (const told of ["input", "change"]) form.dispatchEvent(new Event(told));
    });
    button(words.throwAway, forget);
    note.append(line, acts);
    form.before(note);
  };

  try {
    for (const key of Object.keys(store || {}))
      if (key.startsWith(place.slice(0, MARK.length + 1))) {  // "coopcity /…": copies of text, no settings
        const {at, who} = JSON.parse(store[key]);
        if (Date.now() - at > KEPT_FOR || who !== words.who) store.removeItem(key);  // too old, or another person's
      }
    const kept = JSON.parse(store?.getItem(place) || "null");
    if (kept) kept.fields = kept.fields.filter(isOpen);
    if ("merging" in words || "unsaved" in words) remember();  // what stands on the page is stored nowhere yet
    else if (kept && differs(kept.fields) && isNewer(kept)) offer(kept);
    else forget();
  } catch (_broken) { forget(); }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (/^(theirs|mine):/.test(event.submitter?.value)) forget();  // the other text is not wanted any more
  });
})();
