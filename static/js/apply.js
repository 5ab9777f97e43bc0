/* Improves the pages of an application: saves by itself, and counts while you type. Nothing needs it. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = document.querySelector(".saved");
  const {revision} = form.elements;
  const words = form.dataset;

  /* ---- saving by itself: a little after the last key, when a field is left, when the connection is back ---- */
  const AFTER_TYPING = 4000, AGAIN = 5000;
  let changed = false, saving = false, waiting = 0, sending;

  /* What is not saved is also said beside the text: this line stays in sight, on a telephone too. */
  const alarm = document.createElement("p");
  alarm.className = "unsaved"; alarm.hidden = true; alarm.tabIndex = -1;
  form.prepend(alarm);

  const say = (said, well) => {
    alarm.hidden = well;
    alarm.textContent = well ? "" : said;
    if (!status) return;
    const line = document.createElement(well ? "span" : "b");
    line.textContent = said;
    status.replaceChildren(line);
  };
  const soon = (wait) => { clearTimeout(waiting); waiting = setTimeout(save, wait); };

  const save = async () => {
    if (!changed || saving || "merging" in words) return; /* two texts on the page: only a button chooses */
    saving = true; changed = false; sending = new AbortController();
    const sent = new FormData(form);
    for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name);
    try {
      const answer = await fetch(words.autosave, {method: "POST", body: sent, signal: sending.signal});
      if (answer.status === 401) throw {said: words.signedOut};
      if (answer.status === 403 || answer.status === 404) throw {said: words.noAccess};
      const told = await answer.json();
      if (!answer.ok) throw {said: told.said || words.failed};
      revision.value = told.revision;
      say(told.saved, true);
      form.dispatchEvent(new Event(changed ? "behind" : "acknowledged"));
    } catch (reason) {
      if (reason.name === "AbortError") { saving = false; return; }
      changed = true;
      say(reason.said || (navigator.onLine ? words.failed : words.offline), false);
      if (!reason.said) soon(AGAIN);
    }
    saving = false;
  };
  form.addEventListener("input", () => { changed = true; soon(AFTER_TYPING); });
  form.addEventListener("change", save);
  /* The button sends the same words: an answer to the older ones would come too late. */
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) { /* the browser would show its own page in place of the text */
      event.preventDefault();
      changed = true;
      say(words.offline, false);
      alarm.focus();
      return;
    }
    changed = false; clearTimeout(waiting); sending?.abort();
  });
  addEventListener("offline", () => { if (changed) say(words.offline, false); });
  addEventListener("online", () => soon(500));
  if ("unsaved" in words) { changed = true; soon(AFTER_TYPING); } /* put back by the server, stored by nobody yet */
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  /* ---- the counter follows each key; a screen reader hears it every three seconds at most, and only near the limit ---- */
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.role = "status";
  form.append(spoken);
  for (const area of form.querySelectorAll("[data-limit]")) {
    const note = document.getElementById(area.id + "-c");
    if (!note) continue;
    const limit = Number(area.dataset.limit);
    let told = 0;
    area.addEventListener("input", () => {
      const used = [...area.value.trim()].length, left = limit - used;
      const said = left < 0 ? note.dataset.over : note.dataset.left;
      note.textContent = said.replace("{used}", number.format(used)).replace("{n}", number.format(-left));
      note.classList.toggle("over", left < 0);
      if (left < limit / 10) told ||= setTimeout(() => { told = 0; spoken.textContent = note.textContent; }, 3000);
    });
  }
})();
