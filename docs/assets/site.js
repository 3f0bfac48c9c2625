// What the theme leaves out for those who hear or type instead of seeing and pointing.
(() => {
  document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
  const complete = () => {
    // Each list within the navigation has a label of its own; the button to copy a block of code is no landmark.
    document.querySelectorAll(".md-nav .md-nav[aria-labelledby]").forEach((part, number) => {
      part.setAttribute("aria-label", `${part.querySelector(".md-nav__title")?.textContent.trim()}, list ${number + 1}`);
      part.removeAttribute("aria-labelledby");
    });
    for (const part of document.querySelectorAll("nav.md-code__nav:not([role])")) part.setAttribute("role", "presentation");
    // What scrolls sideways can be scrolled by keyboard.
    for (const part of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code")) {
      if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    }
  };
  complete();
  new MutationObserver(complete).observe(document.body, { childList: true, subtree: true });
  addEventListener("resize", complete);

  // A name that is typed whole, such as `date`, is looked for in headings before names that begin with it, such as `dateline`;
  // of the id of a rule, that is what follows its family.
  const ask = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...others) {
    const word = /^\s*([\w$/-]+)\s*$/.exec(message?.type === 2 ? message.data : "")?.[1];
    if (!word) return ask.call(this, message, ...others);
    const first = word.split("/").pop().split("-").map((part) => `title:${part}^1000`);
    return ask.call(this, { ...message, data: [...first, ...word.split(/[/-]/)].join(" ") }, ...others);
  };
})();
