#!/usr/bin/env python3
"""Measures our server beside its peers in turn and prints ratios per CPU-second of the server.

    bench/peers/compare.py SERVER FLOOR LOADGEN [--rounds 5] [--seconds 2] [--only SCENARIO ...] [--json FILE]

SERVER is ours, with its log on disk and one shard, since the peers have one thread; FLOOR the bare epoll relay of floor.cpp; the third
is server.mjs on Node. Every round starts all three anew and asks each scenario of one after the other, so that whatever else the machine
does falls on all of them. A ratio is the median over the rounds.
"""
import argparse
import json
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Each scenario, the peer that ours is compared with, and the target of docs/performance.md: a least ratio; for the connection
# a greatest multiple of the floor's cost.
SCENARIOS = [
    ("relay-16", "relay, 16 in flight", "node", 24.0),
    ("relay-1", "relay, one in flight", "node", 5.5),
    ("fanout", "fan-out to 1,000", "node", 3.0),
    ("connect", "a connection with a new signed token (cost)", "floor", 1.6),
    ("calls", "whole calls, our log on disk", "node", 8.0),
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One server in a folder of its own; a context that ends with its process."""

    def __init__(self, name, command, secret):
        self.name = name
        self.port = free_port()
        self.folder = tempfile.TemporaryDirectory(prefix="calldocker-bench-")
        environment = {
            "PATH": os.environ["PATH"], "NODE_ENV": "production", "HOST": "127.0.0.1", "WS_PORT": str(self.port), "PORT": str(free_port()),
            "DATA_DIR": self.folder.name + "/data", "LOG_LEVEL": "warn", "JWT_SECRET": secret, "SHARDS": "1",
            "RATE_LIMIT_MESSAGES_PER_SECOND": "0", "RATE_LIMIT_HTTP_PER_SECOND": "0", "CONNECTIONS_PER_ADDRESS_MAX": "0",
            "NEW_CONNECTIONS_PER_ADDRESS_PER_SECOND": "0", "BUDGETS_PERCENT": "0",
        }
        with open(self.folder.name + "/log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([part.format(port=self.port) for part in command], cwd=self.folder.name, env=environment, stdout=log, stderr=log)

    def __enter__(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        log = Path(self.folder.name, "log").read_text(encoding="utf-8")
        self.__exit__()
        raise RuntimeError(f"{self.name} did not start:\n{log}")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGKILL if self.name != "ours" else signal.SIGTERM)
        self.process.wait()
        self.folder.cleanup()


def measure(loadgen, server, scenario, secret, options):
    """How much the server does in a second of its CPU time. Raises where a message was lost."""
    out = Path(server.folder.name, "result.json")
    command = [loadgen, "--port", str(server.port), "--pid", str(server.process.pid), "--secret", secret, "--json", str(out),
               "--seconds", str(options.seconds), "--connections", str(options.connections), scenario]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{scenario} of {server.name}: {done.stdout}{done.stderr}")
    figure = json.loads(out.read_text(encoding="utf-8"))[0]["perCpuSecond"]
    if figure <= 0:
        raise RuntimeError(f"{scenario} of {server.name} took no CPU time that could be measured: ask for more --seconds or --connections")
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server")
    parser.add_argument("floor")
    parser.add_argument("loadgen")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of each timed scenario")
    parser.add_argument("--connections", type=int, default=4000, help="that are opened, each with a token of its own")
    parser.add_argument("--only", nargs="+", choices=[scenario for scenario, *_ in SCENARIOS], help="these scenarios alone")
    parser.add_argument("--json", help="write every figure to this file")
    options = parser.parse_args()

    commands = {"ours": [os.path.abspath(options.server), "serve", "--only", "websocket"], "node": ["node", str(HERE / "server.mjs")],
                "floor": [os.path.abspath(options.floor), "{port}"]}
    secret = secrets.token_hex(32)
    scenarios = [each for each in SCENARIOS if not options.only or each[0] in options.only]
    figures = {scenario: {name: [] for name in commands} for scenario, *_ in scenarios}
    for number in range(options.rounds):
        print(f"round {number + 1} of {options.rounds} …", file=sys.stderr)
        for scenario, *_ in scenarios:
            for name, command in commands.items():
                with Server(name, command, secret) as server:
                    figure = measure(options.loadgen, server, scenario, secret, options)
                figures[scenario][name].append(figure)
                print(f"  {scenario} of {name}: {figure:,.0f}", file=sys.stderr)

    print(f"{'per server CPU-second':<46}{'ours':>12}{'node':>12}{'floor':>12}{'ours/node':>11}{'ours/floor':>12}{'wanted':>18}")
    for scenario, title, against, wanted in scenarios:
        of = figures[scenario]
        median = {name: statistics.median(values) for name, values in of.items()}
        ratio = {peer: statistics.median(ours / theirs for ours, theirs in zip(of["ours"], of[peer], strict=True)) for peer in ("node", "floor")}
        promise = f">= {wanted:g} x node" if against == "node" else f"<= {wanted:g} x its cost"
        print(f"{title:<46}{median['ours']:>12,.0f}{median['node']:>12,.0f}{median['floor']:>12,.0f}{ratio['node']:>10.1f}x{ratio['floor']:>11.2f}x{promise:>18}")
        if against == "floor":
            print(f"{'  ours costs this many times the floor:':<46}{1 / ratio['floor']:>12.2f}")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
