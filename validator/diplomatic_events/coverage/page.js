
// Without this script every link still leads to its place. It keeps the text in view while an entry is looked up,
// moves the focus along, and lights up what belongs together.
(() => {
  const root = document.documentElement;
  const byEntry = new Map();
  for (const passage of document.querySelectorAll(".p[data-entries]")) {
    for (const entry of passage.dataset.entries.split(" ")) {
      byEntry.set(entry, [...(byEntry.get(entry) ?? []), passage]);
    }
  }

  const clear = (name) => document.querySelectorAll("." + name).forEach((element) => element.classList.remove(name));

  const light = (element) => {
    clear("lit");
    for (const id of element?.dataset?.lights?.split(" ") ?? []) document.getElementById(id)?.classList.add("lit");
    if (element?.matches?.(".p[data-entries]")) {
      for (const id of element.dataset.entries.split(" ")) document.getElementById(id)?.classList.add("lit");
    } else if (element?.id) {
      byEntry.get(element.id)?.forEach((passage) => passage.classList.add("lit"));
    }
  };

  const owner = (node) => node.closest?.(".text .p, .entry, .doubt li, .finding, .part");

  // An entry is brought up beside the text that is being read: its own column scrolls, the page only where it must.
  const reveal = (target) => {
    const column = target.closest(".entries");
    if (column && column.scrollHeight > column.clientHeight) {
      const top = Math.max(column.getBoundingClientRect().top, 0);
      column.scrollTop += target.getBoundingClientRect().top - top - innerHeight / 8;
    }
    target.scrollIntoView({ block: target.matches(".p, .gap, .entry, .doubt li, .finding, .part, .proof, .found") ? "nearest" : "start" });
  };

  const show = (id, focus) => {
    clear("here");
    const target = document.getElementById(id);
    if (!target) return;
    target.classList.add("here");
    light(target);
    if (target.classList.contains("note")) document.getElementById(id.replace(/-n$/, ""))?.classList.add("here");
    if (!target.classList.contains("note")) reveal(target);
    if (focus) (target.classList.contains("note") ? target.querySelector("a") : target).focus({ preventScroll: true });
  };

  const current = () => decodeURIComponent(location.hash.slice(1));

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    const id = link.getAttribute("href").slice(1);
    if (!document.getElementById(id)) return;
    event.preventDefault();
    if (id !== current()) history.pushState(null, "", "#" + id);
    show(id, true);
  });
  addEventListener("popstate", () => show(current(), true));
  addEventListener("hashchange", () => show(current(), true));
  document.addEventListener("keydown", (event) => {
    const note = document.querySelector(".note.here");
    if (event.key === "Escape" && note) note.querySelector(".back").click();
  });
  document.addEventListener("pointerdown", (event) => {
    const note = document.querySelector(".note.here");
    if (note && !event.target.closest(".note, a")) clear("here");
  });
  document.addEventListener("pointerover", (event) => light(owner(event.target)));
  document.addEventListener("focusin", (event) => light(owner(event.target)));

  root.classList.add("js");
  if (location.hash) show(current(), true);
})();
