// Python in the browser, in a thread of its own: the very package that the command runs. Nothing is asked of another host.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const here = new URL("./", import.meta.url);
const wheels = await (await fetch(new URL("wheels.json", here))).json();

const tell = (part, all, what) => postMessage({ progress: { part, all, what } });

const load = async () => {
  const steps = wheels.length + 3;
  tell(0, steps, "Python");
  const python = await loadPyodide({ indexURL: new URL("pyodide/", here).href });
  const folder = "/packages";
  python.FS.mkdirTree(folder);
  for (const [number, name] of wheels.entries()) {
    tell(number + 1, steps, name.split("-")[0].replaceAll("_", "-"));
    const response = await fetch(new URL(name, here));
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (name.endsWith(".whl")) python.unpackArchive(bytes, "wheel", { extractDir: folder });
    else python.FS.writeFile(`${folder}/${name}`, bytes);
  }
  tell(steps - 2, steps, "the schema");
  python.runPython(`import sys; sys.path.insert(0, "${folder}"); import validator`);
  const validator = python.globals.get("validator");
  validator.check("record.json", "{}", "{}"); // compiles the schema
  tell(steps, steps, "");
  return validator;
};

const ready = load();

onmessage = async ({ data: { id, call, args } }) => {
  try {
    const validator = await ready;
    postMessage({ id, result: JSON.parse(validator[call](...args)) });
  } catch (error) {
    postMessage({ id, error: String(error.message ?? error) });
  }
};

ready.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ failed: String(error.message ?? error) }),
);
