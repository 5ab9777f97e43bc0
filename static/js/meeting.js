/* The clock of a jury meeting goes on between two pages; without this it shows the minute of the last one. */
(() => {
  const shown = document.querySelector("[role=timer] .clock");
  if (!shown) return;
  const offset = Date.now() - Number(shown.textContent) * 60_000; /* the server's minute: this device may be wrong */
  setInterval(() => {
    shown.textContent = String(Math.floor((Date.now() - offset) / 60_000));
  }, 15_000);
})();
