"""What start-servers.sh hands to the server, with stand-ins for the server and for what sets up and builds it."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def node_env(dotenv: str | None = None, **environment: str) -> str:
    """The NODE_ENV of the server that the script starts beside such a .env."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        stand_ins = {"tools/setup.sh": "", "tools/build.sh": "", "build/release/calldocker": 'echo "NODE_ENV=$NODE_ENV"'}
        for path, body in stand_ins.items():
            stand_in = project / path
            stand_in.parent.mkdir(parents=True, exist_ok=True)
            stand_in.write_text(f"#!/bin/sh\n{body}\n")
            stand_in.chmod(0o755)
        for path in ("start-servers.sh", "tools/env.sh"):
            shutil.copy(ROOT / path, project / path)
        if dotenv is not None:
            (project / ".env").write_text(dotenv)
        # A port that nobody listens on: nothing else is started, and the script ends with its server.
        output = subprocess.run([project / "start-servers.sh"], env={"PATH": os.environ["PATH"], "PORT": "1", **environment},
                                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=True).stdout
        return output.strip().removeprefix("NODE_ENV=")


class NodeEnv(unittest.TestCase):
    def test_is_development_where_nobody_says_otherwise(self):
        self.assertEqual(node_env(), "development")
        self.assertEqual(node_env("PORT=1\n"), "development")

    def test_is_what_the_dotenv_file_says(self):
        self.assertEqual(node_env("# ours\nNODE_ENV=production\n"), "production")
        self.assertEqual(node_env('NODE_ENV="production"\n'), "production")

    def test_is_what_the_environment_says_before_the_dotenv_file(self):
        self.assertEqual(node_env("NODE_ENV=production\n", NODE_ENV="development"), "development")


if __name__ == "__main__":
    unittest.main()
