/* Files of an application: shows how far they are on their way, and whether they are too large. Nothing needs it. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = document.querySelector(".saved"), words = form.dataset;

  const say = (said) => {
    const line = document.createElement("b");
    line.textContent = said;
    status?.replaceChildren(line);
    const alarm = form.querySelector(".unsaved");
    if (alarm) { alarm.hidden = false; alarm.textContent = said; }
  };
  const tooLarge = document.createElement("p");
  tooLarge.className = "error"; tooLarge.role = "alert"; tooLarge.textContent = words.tooLarge;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
    if (!files.length || !window.XMLHttpRequest) return;
    const octets = files.reduce((sum, file) => sum + file.size, 0);
    tooLarge.remove();
    if (octets > Number(words.most)) {
      event.preventDefault();
      (event.submitter || form.lastElementChild).before(tooLarge);
      form.dispatchEvent(new Event("input"));
      return;
    }
    event.preventDefault();
    const bar = document.createElement("progress"), sending = new XMLHttpRequest(), sent = new FormData(form, event.submitter);
    bar.max = 1; bar.setAttribute("aria-label", words.sending);
    (event.submitter || form.lastElementChild).before(bar);
    sending.upload.addEventListener("progress", (now) => { bar.value = now.loaded / now.total; });
    sending.addEventListener("load", () => {
      history.pushState(null, "", sending.responseURL);
      document.open(); document.write(sending.responseText); document.close();
    });
    sending.addEventListener("error", () => { bar.remove(); say(words.offline); form.dispatchEvent(new Event("input")); });
    sending.open("POST", form.action);
    sending.send(sent);
  });
})();
