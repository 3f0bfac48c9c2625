// Runs a program in the Python of browsers, with folders of this machine at their own places:
//   node browser_python.mjs PROGRAM FOLDER…
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [program, ...folders] = process.argv.slice(2);
const python = await loadPyodide({ stdout: (line) => console.log(line), stderr: (line) => console.error(line) });
for (const root of folders) {
  python.FS.mkdirTree(root);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, root);
}
await python.runPythonAsync(readFileSync(program, "utf8"));
