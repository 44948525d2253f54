#!/usr/bin/env python3
"""What an idle connection costs the server in memory, with and without TLS.

  tools/idle_memory.py [PROGRAM] [CONNECTIONS]              build/release/calldocker and 2000, unless others are given
  tools/idle_memory.py --at-once [PROGRAM] [CONNECTIONS]    all of them connect at the same moment, without TLS

Starts the server on loopback, opens WebSockets that say nothing, each as a user of its own, and prints by how much
the server's resident memory grew for each. The first 200 connections are not counted: they warm up what all share.
"""
import base64
import hashlib
import hmac
import json
import os
import resource
import secrets
import selectors
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WARM_UP = 200
RUSH = 1000
SETTLES_FOR = 15  # seconds: tickets, last acknowledgements, and memory that is given back when a rush is over


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


def token_of(user: str, secret: str) -> str:
    def encoded(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    claims = {"sub": user, "id": user, "role": "user", "company_id": "acme", "iat": int(time.time()), "exp": int(time.time()) + 3600}
    signed = ".".join(encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    return f"{signed}.{encoded(hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest())}"


def upgrade(token: str) -> bytes:
    return (f"GET /?token={token} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode()


def connect_at_once(port: int, tokens: list[str]) -> list[socket.socket]:
    """A rush: so many handshakes are under way at every moment."""
    waiting, streams, left = selectors.DefaultSelector(), [], list(tokens)
    while left or waiting.get_map():
        while left and len(waiting.get_map()) < RUSH:
            stream = socket.create_connection(("127.0.0.1", port), timeout=30)
            stream.sendall(upgrade(left.pop()))
            waiting.register(stream, selectors.EVENT_READ, bytearray())
        for key, _ in waiting.select(timeout=30) or sys.exit("not everybody was answered"):
            key.data.extend(key.fileobj.recv(4096) or sys.exit(f"refused: {bytes(key.data)!r}"))
            if b"connection_established" in key.data:
                waiting.unregister(key.fileobj)
                streams.append(key.fileobj)
    return streams


def connect(port: int, token: str, context: ssl.SSLContext | None) -> socket.socket:
    stream = socket.create_connection(("127.0.0.1", port), timeout=30)
    if context:
        stream = context.wrap_socket(stream)
    stream.sendall(upgrade(token))
    answer = b""
    while b"connection_established" not in answer:
        answer += stream.recv(4096) or sys.exit(f"refused: {answer!r}")
    return stream


def measure(program: str, count: int, secure: bool, at_once: bool = False) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder, port, secret = Path(name), free_port(), secrets.token_urlsafe(48)
        environment = {"NODE_ENV": "production", "JWT_SECRET": secret, "PORT": str(free_port()), "WS_PORT": str(port), "DATA_DIR": name,
                       "NEW_CONNECTIONS_PER_ADDRESS_PER_SECOND": "0", "CONNECTIONS_PER_ADDRESS_MAX": "0", "RATE_LIMIT_HTTP_PER_SECOND": "0",
                       "BUDGETS_PERCENT": "0",
                       "LOG_LEVEL": "error", "IDLE_TIMEOUT_SECONDS": "75", "PING_INTERVAL_SECONDS": "60"}
        environment |= make_certificate(folder) if secure else {}
        context = ssl._create_unverified_context() if secure else None
        tokens = [token_of(f"user-{i}", secret) for i in range(count + WARM_UP)]
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
            if at_once:
                streams += connect_at_once(port, tokens[WARM_UP:])
            else:
                streams += [connect(port, token, context) for token in tokens[WARM_UP:]]
            time.sleep(SETTLES_FOR)
            return (resident_bytes(server.pid) - before) / count
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def main() -> None:
    arguments = [argument for argument in sys.argv[1:] if argument != "--at-once"]
    at_once = len(arguments) < len(sys.argv) - 1
    program = str(Path(arguments[0] if arguments else "build/release/calldocker").resolve())
    count = int(arguments[1]) if len(arguments) > 1 else 2000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    for name, secure in (("at once", False),) if at_once else (("plain", False), ("TLS", True)):
        print(f"{name}: {measure(program, count, secure, at_once):.0f} bytes for each of {count} idle connections")


if __name__ == "__main__":
    main()
