/* The clock of a jury meeting counts by itself; without this it stands where it was when the page was opened. */
(() => {
  const clock = document.querySelector("[data-elapsed]");
  if (!clock) return;
  const shown = clock.querySelector("[data-shown]");
  const before = Number(clock.dataset.elapsed) * 1000 - performance.now();
  const tick = () => {
    const seconds = Math.max(0, Math.floor((before + performance.now()) / 1000));
    shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    clock.classList.toggle("over", seconds > Number(clock.dataset.limit));
  };
  tick();
  setInterval(tick, 1000);
})();
