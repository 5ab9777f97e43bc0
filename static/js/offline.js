/* Without a connection a form stays on the page with everything typed, and says so; the browser would show a page of its
   own in its place. Nothing needs it: the text is there again after Back. */
(() => {
  const {words} = document.currentScript.dataset;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (navigator.onLine || form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    let line = form.querySelector(":scope > .unsaved");
    if (!line) {
      line = document.createElement("p");
      line.className = "unsaved"; line.tabIndex = -1; line.textContent = words;
      form.prepend(line);
    }
    line.hidden = false;
    line.focus();
    addEventListener("online", () => { line.hidden = true; }, {once: true});
  });
})();
