"""Install the built wheel into an environment of its own and check the examples with it: elsewhere, and offline."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from shutil import copytree

from diplomatic_events.schema.catalogue import catalogue

ROOT = Path(__file__).parents[1]
EXAMPLES = ("sco-defence-ministers-2018-04-24", "minimal")
OFFLINE = """
import sys
def refuse(event, arguments):
    if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")):
        raise SystemExit(f"the command tried to connect: {event} {arguments}")
sys.addaudithook(refuse)
sys.argv[0] = "diplomatic-events"
from diplomatic_events.cli.main import main
sys.exit(main())
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, and give what it printed."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Prove that the wheel has all that the command needs."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        run(sys.executable, "-m", "build", "--quiet", "--outdir", here / "dist", ROOT, cwd=here)
        (wheel,) = (here / "dist").glob("*.whl")
        venv.create(here / "env", with_pip=True)
        python = here / "env" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        run(python, "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel, cwd=here)
        for name in EXAMPLES:
            copytree(ROOT / "examples" / name, here / "records" / name)
        summary = run(python, "-c", OFFLINE, "check", "records", cwd=here)
        if "Checked 2 files, 2 records" not in summary or "0 errors, 0 warnings" not in summary:
            sys.exit(f"the wheel does not check the examples:\n{summary}")
        schema = run(python, "-c", OFFLINE, "schema", cwd=here)
        if schema != catalogue().path(catalogue().latest).read_text(encoding="utf-8"):
            sys.exit("the wheel prints another schema than the repository has")
        model = "from diplomatic_events import Event; print(Event.read('records/minimal/record.json').id)"
        if run(python, "-c", model, cwd=here) != "minimal\n":
            sys.exit("the wheel does not read a record into its models")
    print(f"{wheel.name} checks the examples, prints the schema and reads records, elsewhere and offline: 3 passed")


if __name__ == "__main__":
    main()
