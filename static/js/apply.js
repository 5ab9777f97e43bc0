/* Improves the pages of an application: counts while you type, saves when you leave a field. Nothing needs it. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = document.querySelector(".saved");
  const revision = form.elements.revision;
  let changed = false, saving = false, again = false;

  const say = (words, well) => {
    if (!status) return;
    const line = document.createElement(well ? "span" : "b");
    line.textContent = words;
    status.replaceChildren(line);
  };

  const save = async () => {
    if (!changed) return;
    if (saving) { again = true; return; }
    saving = true; changed = false;
    const sent = new FormData(form);
    for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name);
    try {
      const answer = await fetch(form.dataset.autosave, {method: "POST", body: sent});
      if (!answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      revision.value = told.revision;
      say(told.saved, true);
    } catch (_error) {
      changed = true;
      say(form.dataset.failed, false);
    }
    saving = false;
    if (again) { again = false; save(); }
  };
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("change", save);
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  /* The counter follows each key; a screen reader hears it every three seconds at most, and only near the limit. */
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const spoken = document.createElement("p");
  spoken.className = "vh";
  spoken.role = "status";
  form.append(spoken);
  for (const area of form.querySelectorAll("[data-limit]")) {
    const note = document.getElementById(area.id + "-c");
    if (!note) continue;
    const limit = Number(area.dataset.limit);
    let waiting = 0;
    area.addEventListener("input", () => {
      const used = [...area.value.trim()].length, left = limit - used;
      const words = left < 0 ? note.dataset.over : note.dataset.left;
      note.textContent = words.replace("{used}", number.format(used)).replace("{n}", number.format(-left));
      note.classList.toggle("over", left < 0);
      if (left < limit / 10) waiting ||= setTimeout(() => { waiting = 0; spoken.textContent = note.textContent; }, 3000);
    });
  }
})();
