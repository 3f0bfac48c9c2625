"""Put what the page "Try it" loads into a built site: Python for browsers, the package and its wheels, and the editor.

Run it as ``make try``, which builds the docs first. What it downloads is kept in ``build/try``.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PARTS: Final = ROOT / "docs" / "try"
BUILD: Final = ROOT / "build" / "try"
SITE: Final = ROOT / "site" / "assets" / "try"

PYTHON: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")
PACKAGES: Final = ("attrs", "jsonschema", "jsonschema-specifications", "referencing", "tzdata")
"""What the package needs where nothing native is installed; all of it is plain Python."""
MODULES: Final = ("validator.py",)


def main() -> None:
    """Install, bundle and copy."""
    modules = _install()
    wheels = _wheels()
    shutil.rmtree(SITE, ignore_errors=True)
    (SITE / "pyodide").mkdir(parents=True)
    for name in PYTHON:
        shutil.copy(modules / "pyodide" / name, SITE / "pyodide" / name)
    for path in (*wheels, *(PARTS / name for name in MODULES)):
        shutil.copy(path, SITE / path.name)
    (SITE / "wheels.json").write_text(json.dumps([*(path.name for path in wheels), *MODULES]), encoding="utf-8")
    shutil.copy(PARTS / "worker.js", SITE / "worker.js")
    _run(str(modules / ".bin" / "esbuild"), "page.js", "--bundle", "--format=esm", "--minify", "--target=es2022",
         "--log-level=warning", f"--outfile={SITE / 'page.js'}", cwd=BUILD)  # fmt: skip
    size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file())
    print(f"{size / 1e6:.1f} MB in {SITE.relative_to(ROOT)}")


def _install() -> Path:
    """The folder of the packages of JavaScript, installed if what is asked for has changed."""
    BUILD.mkdir(parents=True, exist_ok=True)
    wanted = (PARTS / "package.json").read_bytes()
    installed = BUILD / "package.json"
    modules = BUILD / "node_modules"
    if not (modules.exists() and installed.exists() and installed.read_bytes() == wanted):
        shutil.rmtree(modules, ignore_errors=True)
        installed.write_bytes(wanted)
        _run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent", cwd=BUILD)
    for path in PARTS.glob("*.js"):
        shutil.copy(path, BUILD / path.name)
    return modules


def _wheels() -> list[Path]:
    """The wheel of the package, built anew, and those that it needs."""
    folder = BUILD / "wheels"
    pip = [sys.executable, "-m", "pip"]
    if len(list(folder.glob("*.whl"))) <= len(PACKAGES):
        _run(*pip, "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--implementation", "py", "--platform", "any",
             "--constraint", str(ROOT / "constraints.txt"), "--dest", str(folder), *PACKAGES)  # fmt: skip
    for old in folder.glob("diplomatic_events-*.whl"):
        old.unlink()
    _run(*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    return sorted(folder.glob("*.whl"))


def _run(*command: str, cwd: Path = ROOT) -> None:
    subprocess.run(command, cwd=cwd, check=True)


if __name__ == "__main__":
    main()
