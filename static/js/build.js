/* Questions of a form can be dragged to another place; the arrows beside them do the same without this. */
(() => {
  const list = document.querySelector("[data-move]");
  if (!list) return;
  let held = null, first = 0;
  const items = () => [...list.querySelectorAll("[data-name]")];

  for (const item of items()) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-name]");
    if (!held) return;
    first = items().indexOf(held);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.dataset.name);
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-name]");
    if (!held || !over || over === held) return;
    event.preventDefault();
    const middle = over.getBoundingClientRect().top + over.offsetHeight / 2;
    over[event.clientY < middle ? "before" : "after"](held);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    const place = held ? items().indexOf(held) : first;
    if (place !== first) send(held.dataset.name, place);
    held = null;
  });

  const send = (name, place) => {
    const form = document.createElement("form");
    const {token, revision, part} = list.dataset;
    form.method = "post";
    form.action = list.dataset.move;
    for (const [key, value] of Object.entries({csrf_token: token, revision, what: "question", name, to: place, here: part})) {
      const input = document.createElement("input");
      input.type = "hidden"; input.name = key; input.value = value;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  };
})();
