#!/usr/bin/env python3
"""What an idle connection costs the server in memory, with and without TLS.

  tools/idle_memory.py [PROGRAM] [CONNECTIONS]    build/release/calldocker and 2000, unless others are given

Starts the server on loopback twice, opens WebSockets that say nothing, each as a user of its own, and prints by how much
the server's resident memory grew for each. The first 200 connections are not counted: they warm up what all share.
"""
import os
import resource
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WARM_UP = 200


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def resident_bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def make_certificate(folder: Path) -> dict[str, str]:
    files = {"TLS_CERT": str(folder / "cert.pem"), "TLS_KEY": str(folder / "key.pem")}
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-keyout", files["TLS_KEY"], "-out", files["TLS_CERT"]], check=True, capture_output=True)
    return files


def connect(port: int, token: str, context: ssl.SSLContext | None) -> socket.socket:
    stream = socket.create_connection(("127.0.0.1", port), timeout=30)
    if context:
        stream = context.wrap_socket(stream)
    stream.sendall(f"GET /?token={token} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode())
    answer = b""
    while b"connection_established" not in answer:
        answer += stream.recv(4096) or sys.exit(f"refused: {answer!r}")
    return stream


def measure(program: str, count: int, secure: bool) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        environment = {"NODE_ENV": "production", "JWT_SECRET": "x" * 32, "PORT": str(free_port()), "WS_PORT": str(port), "DATA_DIR": name,
                       "NEW_CONNECTIONS_PER_ADDRESS_PER_SECOND": "0", "CONNECTIONS_PER_ADDRESS_MAX": "0", "RATE_LIMIT_HTTP_PER_SECOND": "0",
                       "LOG_LEVEL": "error", "IDLE_TIMEOUT_SECONDS": "75", "PING_INTERVAL_SECONDS": "60"}
        environment |= make_certificate(folder) if secure else {}
        context = ssl._create_unverified_context() if secure else None
        tokens = [subprocess.run([program, "token", "create", "--user", f"user-{i}", "--role", "user", "--company", "acme"], cwd=name,
                                 env=environment, check=True, capture_output=True, text=True).stdout.strip() for i in range(count + WARM_UP)]
        server = subprocess.Popen([program, "serve"], cwd=name, env=environment)
        try:
            while server.poll() is None:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except ConnectionRefusedError:
                    time.sleep(0.05)
            streams = [connect(port, token, context) for token in tokens[:WARM_UP]]
            time.sleep(1)
            before = resident_bytes(server.pid)
            streams += [connect(port, token, context) for token in tokens[WARM_UP:]]
            time.sleep(3)  # tickets and last acknowledgements
            return (resident_bytes(server.pid) - before) / count
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def main() -> None:
    program = str(Path(sys.argv[1] if len(sys.argv) > 1 else "build/release/calldocker").resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    for name, secure in (("plain", False), ("TLS", True)):
        print(f"{name}: {measure(program, count, secure):.0f} bytes for each of {count} idle connections")


if __name__ == "__main__":
    main()
