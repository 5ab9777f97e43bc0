/* Improves the pages of an application: counts while you type, saves when you leave a field. Nothing needs it. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = document.querySelector(".saved");
  const revision = form.elements.revision;
  let changed = false, saving = false, again = false;

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
      if (status) status.textContent = told.saved;
    } catch (_error) { changed = true; }
    saving = false;
    if (again) { again = false; save(); }
  };
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("change", save);
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  for (const area of form.querySelectorAll("[data-limit]")) {
    const note = document.getElementById(area.id + "-c");
    if (!note) continue;
    const limit = Number(area.dataset.limit);
    let waiting = 0;
    const count = () => {
      waiting = 0;
      const length = [...area.value.trim()].length, left = limit - length;
      const words = left < 0 ? note.dataset.over : note.dataset.left;
      if (words) note.textContent = words.replace("{used}", length).replace("{n}", Math.abs(left));
      note.classList.toggle("over", left < 0);
    };
    area.addEventListener("input", () => { waiting ||= setTimeout(count, 1000); });
  }
})();
