"""Checks many dossiers in one process: argument 1 is verify.py, standard input the paths of the archives, one a line."""
import importlib.util
import json
import sys

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
for path in sys.stdin.read().split("\n"):
    if path:
        with open(path, "rb") as handle:
            report, _, _ = verify.check_zip(handle.read())
        print(json.dumps(report, ensure_ascii=False))
