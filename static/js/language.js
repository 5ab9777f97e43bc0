/* The links to the other language take along what was typed: they press the form's own button. Nothing needs it. */
(() => {
  const button = document.querySelector("button[data-language]");
  if (!button) return;
  for (const link of document.querySelectorAll(`a[hreflang="${button.dataset.language}"]`))
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      button.form.requestSubmit(button);
    });
})();
