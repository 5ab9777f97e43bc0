/* While a weight is dragged the number beside it follows. Nothing needs it. */
(() => {
  const form = document.querySelector("form[data-weights]");
  if (!form) return;
  form.addEventListener("input", ({target}) => {
    const beside = target.type === "range" && document.getElementById(`${target.id}-now`);
    if (beside) beside.value = target.value;
  });
})();
