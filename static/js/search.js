/* Proposes titles while words are typed in a search field. Nothing needs it: the field and its button search anyway. */
(() => {
  const AFTER_TYPING = 150, SHORTEST = 2;
  for (const field of document.querySelectorAll("input[data-suggestions]")) {
    const list = document.getElementById(field.getAttribute("list"));
    let waiting = 0, asked = "";
    const propose = async () => {
      const typed = field.value.trim();
      if (typed.length < SHORTEST || typed === asked) return;
      asked = typed;
      try {
        const answer = await fetch(field.dataset.suggestions + "?" + new URLSearchParams({q: typed}));
        if (!answer.ok || typed !== field.value.trim()) return; /* more was typed meanwhile */
        const titles = await answer.json();
        list.replaceChildren(...titles.map((title) => Object.assign(document.createElement("option"), {value: title})));
      } catch (_offline) { /* the field works without */ }
    };
    field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(propose, AFTER_TYPING); });
  }
})();
