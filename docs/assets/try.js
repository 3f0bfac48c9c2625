// The page "Try it" loads the validator only when it is asked for.
const button = document.querySelector("#try [data-part=start]");
const load = async () => {
  button.disabled = true;
  const status = document.querySelector("#try [data-part=status]");
  status.textContent = "Loading the editor …";
  try {
    await (await import(new URL("try/page.js", import.meta.url))).run();
  } catch (error) {
    status.textContent = `The validator is not part of this copy of the docs: ${error.message}`;
    button.disabled = false;
  }
};
button?.addEventListener("click", load);
if (button && location.hash.startsWith("#record=")) load();
