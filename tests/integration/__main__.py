"""Run every script of this folder: `python -m integration` with `tests` on the path."""

from integration import action, ci_files, installing, pre_commit_hooks, versions

for script in (versions, ci_files, installing, pre_commit_hooks, action):
    script.main()
