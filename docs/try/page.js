// The page "Try it": an editor for the record, the texts of its sources and the findings beside it, and the validator in a
// worker. Nothing leaves the page.
import { autocompletion } from "@codemirror/autocomplete";
import { json, jsonLanguage } from "@codemirror/lang-json";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { completing } from "./complete.js";

const WAIT = 250; // milliseconds without typing before a check
const SLOW = 5000; // milliseconds after which a check can be stopped
const MOST = 16_000; // characters of a link that every browser and program passes on

const root = document.getElementById("try");
const site = new URL(root.dataset.site, location.href);
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const say = (text, busy = false) => {
  part("status").textContent = text;
  root.classList.toggle("busy", busy);
};

// The validator

let worker;
let waiting = new Map();
let calls = 0;

const start = () =>
  new Promise((resolve, reject) => {
    worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.onerror = (event) => reject(new Error(event.message || "the worker could not be started"));
    worker.onmessage = ({ data }) => {
      if (data.progress) {
        const { part: done, all, what } = data.progress;
        const bar = part("progress");
        bar.max = all;
        bar.value = done;
        if (what) say(`Loading ${what} …`, true);
      } else if (data.ready) resolve();
      else if (data.failed) reject(new Error(data.failed));
      else {
        const { resolve: answer, reject: refuse } = waiting.get(data.id) ?? {};
        waiting.delete(data.id);
        if (data.error) refuse?.(new Error(data.error));
        else answer?.(data.result);
      }
    };
  });

const ask = (call, ...args) =>
  new Promise((resolve, reject) => {
    calls += 1;
    waiting.set(calls, { resolve, reject });
    worker.postMessage({ id: calls, call, args });
  });

// The record and the files beside it

let name = "record.json";
let texts = {};
let shown = { places: [] };

const setPlaces = StateEffect.define();
const setLit = StateEffect.define();
const decorations = (kind) => (places) =>
  Decoration.set(
    places
      .filter(([from, to, , of]) => from < to && kind(of))
      .map(([from, to, id, of]) => Decoration.mark({ class: `cm-${of.replace(" ", " cm-")}`, attributes: { "data-place": id } }).range(from, to)),
    true,
  );
const proofs = decorations((kind) => kind.startsWith("proof"));
const marking = (effect, make) =>
  StateField.define({
    create: () => Decoration.none,
    update: (marks, change) => {
      marks = marks.map(change.changes);
      for (const each of change.effects) if (each.is(effect)) marks = make(each.value);
      return marks;
    },
    provide: (field) => EditorView.decorations.from(field),
  });

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--delegation-line)" },
  { tag: tags.string, color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--outcome-line)" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--soft)" },
]);

const offered = new Compartment();
let timer;
const editor = new EditorView({
  parent: part("editor"),
  state: EditorState.create({
    extensions: [
      keymap.of([{ key: "Escape", run: (view) => (view.contentDOM.blur(), part("findings").focus(), true) }]),
      basicSetup,
      json(),
      syntaxHighlighting(colours),
      lintGutter(),
      offered.of([]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "The record, as JSON. Escape leads to the findings.", tabindex: "0" }),
      marking(setPlaces, proofs),
      marking(setLit, (spans) => Decoration.set(spans.map(([from, to]) => Decoration.mark({ class: "cm-lit" }).range(from, to)), true)),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          clearTimeout(timer);
          timer = setTimeout(check, WAIT);
        } else if (update.selectionSet) lightFromCursor(update.state.selection.main.head);
      }),
    ],
  }),
});

const replace = (text) => editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });

const open = (record, files, called = "record.json") => {
  name = called;
  texts = files;
  if (editor.state.doc.toString() === record) check();
  else replace(record);
};

// The check: one at a time, and after it the newest text

let running = false;
let again = false;

const check = async () => {
  if (running) {
    again = true;
    return;
  }
  running = true;
  const began = performance.now();
  const slow = setTimeout(() => (part("stop").hidden = false), SLOW);
  const text = editor.state.doc.toString();
  say("Checking …", true);
  try {
    show(await ask("check", name, text, JSON.stringify(texts)), text, performance.now() - began);
  } catch (error) {
    say(`The validator failed: ${error.message}`);
  }
  clearTimeout(slow);
  part("stop").hidden = true;
  running = false;
  if (again) {
    again = false;
    check();
  }
};

part("stop").addEventListener("click", async () => {
  worker.terminate();
  for (const { reject } of waiting.values()) reject(new Error("it was stopped"));
  waiting = new Map();
  again = false;
  await start();
  say("The check was stopped. Change the record to check it again.");
});

const plural = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;

const show = (result, text, took) => {
  if (editor.state.doc.toString() !== text) return; // a newer text is already waiting
  shown = result;
  part("findings").innerHTML = result.findings;
  if (result.texts) part("texts").innerHTML = result.texts;
  const { errors, warnings, notes } = result.summary;
  const lost = [...result.failures, ...result.notChecked.map((line) => `Not checked: ${line}`)];
  part("lost").replaceChildren(...lost.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  const counts = [plural(errors, "error"), plural(warnings, "warning"), ...(notes ? [plural(notes, "note")] : [])];
  say(`${errors + warnings + notes ? counts.join(", ") : "Sound: no finding"} · ${Math.round(took)} ms`);
  root.dataset.errors = errors;
  part("fix").disabled = !result.fixable;
  part("fix").textContent = result.fixable ? `Fix ${result.fixable}` : "Fix";
  const said = new Map([...part("findings").querySelectorAll(".finding")].map((item) => [item.id, item.querySelector(".say").textContent.trim()]));
  const diagnostics = result.places
    .filter(([, , , kind]) => ["error", "warning", "note"].includes(kind))
    .map(([from, to, , kind, finding]) => ({ from, to, severity: kind === "note" ? "info" : kind, message: said.get(finding) ?? "" }));
  editor.dispatch(setDiagnostics(editor.state, diagnostics));
  editor.dispatch({ effects: setPlaces.of(result.places) });
};

// Finding, value, quote and passage light up together

const places = (id) => shown.places.filter((place) => place[2] === id);
const clear = () => root.querySelectorAll(".lit, .here").forEach((element) => element.classList.remove("lit", "here"));

const light = (element) => {
  clear();
  const ids = [
    ...(element?.dataset?.lights?.split(" ") ?? []),
    ...(element?.dataset?.entries?.split(" ") ?? []).flatMap((entry) => [entry, ...shown.places.filter((place) => place[4] === element.id).map((place) => place[2])]),
  ];
  for (const id of ids) document.getElementById(id)?.classList.add("lit");
  if (element) element.classList.add("lit");
  const spans = ids.flatMap(places).filter(([from, to, , kind]) => from < to && kind !== "entry").map(([from, to]) => [from, to]);
  editor.dispatch({ effects: setLit.of(spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) });
};

const lightFromCursor = (offset) => {
  clear();
  for (const [from, to, id, kind, target] of shown.places) {
    if (from <= offset && offset <= to && kind !== "entry") {
      document.getElementById(target)?.classList.add("lit");
      root.querySelectorAll(`[data-lights~="${id}"]`).forEach((item) => item.classList.add("lit"));
    }
  }
};

const goTo = (id) => {
  const [place] = places(id);
  if (place) {
    editor.dispatch({ selection: { anchor: place[0], head: place[1] }, effects: EditorView.scrollIntoView(place[0], { y: "center" }) });
    editor.focus();
    return true;
  }
  const target = document.getElementById(id);
  if (!target) return false;
  target.scrollIntoView({ block: "center" });
  clear();
  target.classList.add("here");
  target.focus({ preventScroll: true });
  return true;
};

root.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const item = event.target.closest(".finding");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    if (goTo(link.getAttribute("href").slice(1))) event.preventDefault();
  } else if (item && !link && !event.target.closest("a")) goTo(item.dataset.lights.split(" ")[0]);
});
const owner = (node) => node.closest?.(".finding, .p[data-entries]");
root.addEventListener("pointerover", (event) => owner(event.target) && light(owner(event.target)));
root.addEventListener("focusin", (event) => owner(event.target) && light(owner(event.target)));
root.addEventListener("keydown", (event) => {
  const note = root.querySelector(".note.here");
  if (event.key === "Escape" && note) note.classList.remove("here");
  if (event.key === "Enter" && event.target.matches?.(".finding")) goTo(event.target.dataset.lights.split(" ")[0]);
});

// Examples, files, links

const fetched = async (path) => {
  const response = await fetch(new URL(path, site));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
};

const openExample = async (slug) => {
  const record = await fetched(`examples/${slug}/record.json`);
  const named = (JSON.parse(record).sources ?? []).map((source) => source.textFile).filter(Boolean);
  const files = await Promise.all(named.map(async (file) => [file, await fetched(`examples/${slug}/${file}`)]));
  open(record, Object.fromEntries(files));
};

part("example").addEventListener("change", ({ target }) => {
  openExample(target.value).catch((error) => say(`The example could not be loaded: ${error.message}`));
});

part("open").addEventListener("click", () => part("files").click());
part("files").addEventListener("change", async ({ target }) => {
  const files = [...target.files];
  target.value = "";
  const read = await Promise.all(files.map(async (file) => [file.name, await file.text()]));
  const records = read.filter(([called]) => called.endsWith(".json"));
  const others = Object.fromEntries(read.filter(([called]) => !called.endsWith(".json")));
  if (records.length > 1) say("Choose one record at a time, with the texts of its sources.");
  else if (records.length) open(records[0][1], others, records[0][0]);
  else open(editor.state.doc.toString(), { ...texts, ...others }, name);
});

part("download").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([editor.state.doc.toString()], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

part("fix").addEventListener("click", async () => {
  const { text } = await ask("fix", name, editor.state.doc.toString(), JSON.stringify(texts));
  replace(text);
  editor.focus();
});

const piped = async (bytes, through) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(through)).arrayBuffer());
const encoded = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const decoded = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

part("link").addEventListener("click", async () => {
  const state = JSON.stringify({ name, record: editor.state.doc.toString(), texts });
  const packed = await piped(new TextEncoder().encode(state), new CompressionStream("deflate-raw"));
  if (packed.length * 4 > MOST * 3) {
    say("The record and its texts are too long for a link. Download the record and send the file.");
    return;
  }
  history.replaceState(null, "", `#record=${encoded(packed)}`);
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied. It holds the record and its texts.");
  } catch {
    say("The address of this page now holds the record and its texts.");
  }
});

const openLink = async () => {
  const [, packed] = /^#record=([\w-]+)$/.exec(location.hash) ?? [];
  if (!packed) return false;
  try {
    const bytes = await piped(decoded(packed), new DecompressionStream("deflate-raw"));
    const { name: called, record, texts: files } = JSON.parse(new TextDecoder().decode(bytes));
    open(String(record), files, String(called));
    return true;
  } catch {
    say("The link holds no record that can be read. Here is an example.");
    return false;
  }
};
addEventListener("hashchange", openLink);

// The start

export const run = async () => {
  root.classList.add("started");
  const schema = fetched(part("editor").dataset.schema).then(JSON.parse);
  try {
    await start();
  } catch (error) {
    say(`The validator could not be loaded: ${error.message}`);
    return;
  }
  part("progress").hidden = true;
  root.classList.add("ready");
  editor.dispatch({ effects: offered.reconfigure([autocompletion(), jsonLanguage.data.of({ autocomplete: completing(await schema) })]) });
  if (!(await openLink())) await openExample(part("example").value);
};
