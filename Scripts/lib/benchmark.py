"""What Scripts/benchmark can't do in shell: makes session files, and times answers of a loopback server.

    benchmark.py sessions DIRECTORY COUNT       COUNT small sessions
    benchmark.py session FILE BYTES             one session of about that size
    benchmark.py answers BINARY DIRECTORY       first token and whole answer of sesh and of `curl -N`, in ms
    benchmark.py memory BINARY DIRECTORY ID     peak resident memory of one turn, in MB
    benchmark.py echo BINARY DIRECTORY ID       key press to echo at the prompt, through a pseudo-terminal, in ms
"""

import http.server
import json
import os
import pathlib
import pty
import resource
import select
import statistics
import subprocess
import sys
import threading
import time

TIME = "2026-01-01T00:00:00.000Z"
WORDS = "The quick brown fox jumps over the lazy dog. " * 20


def write_session(path: pathlib.Path, size: int) -> None:
    """Writes a session file whose messages come to about `size` bytes."""
    turns = max(1, size // (len(WORDS) + 260))
    messages = []
    for number in range(turns):
        turn = f"01JD{number:022d}"
        messages.append({"turn": turn, "role": "user", "content": f"Prompt {number}", "createdAt": TIME})
        messages.append({"turn": turn, "role": "assistant", "content": WORDS, "createdAt": TIME, "model": "echo"})
    summary = {
        "format": "sesh.session/1", "id": path.stem, "title": None, "preview": "Prompt 0", "createdAt": TIME,
        "updatedAt": TIME, "model": "echo", "messageCount": len(messages), "pendingCount": 0, "revision": turns,
    }  # fmt: skip
    compact = {"separators": (",", ":")}
    lines = ",\n".join(json.dumps(message, **compact) for message in messages)
    head = json.dumps(summary, **compact)[:-1]
    path.write_text(f'{head},\n"settings":{{}},\n"pending":[],\n"undone":[],\n"messages":[\n{lines}\n]}}\n')
    path.chmod(0o600)


class Answers(http.server.BaseHTTPRequestHandler):
    """Streams fifty words, one every 4 ms, to whoever asks."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for number in range(50):
            delta = {"choices": [{"index": 0, "delta": {"content": f"word{number} "}}]}
            self.wfile.write(f"data: {json.dumps(delta)}\n\n".encode())
            self.wfile.flush()
            time.sleep(0.004)
        end = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        self.wfile.write(f"data: {json.dumps(end)}\n\ndata: [DONE]\n\n".encode())

    def log_message(self, *_: object) -> None:
        pass


def time_command(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Runs a command; milliseconds to the first byte of its output and to its end."""
    start = time.perf_counter()
    with subprocess.Popen(
        arguments, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        os.read(child.stdout.fileno(), 1)
        first = time.perf_counter()
        while os.read(child.stdout.fileno(), 65536):
            pass
        if child.wait() != 0:
            sys.exit(f"failed: {' '.join(arguments)}")
    return (first - start) * 1000, (time.perf_counter() - start) * 1000


def answers(binary: str, directory: str) -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}/v1"
    environment = dict(os.environ, SESH_DIR=directory, OPENAI_BASE_URL=base, OPENAI_API_KEY="loopback")
    body = json.dumps({"model": "bench", "stream": True, "messages": [{"role": "user", "content": "Hello"}]})
    commands = {
        "sesh": [binary, "chat", "-q", "--ephemeral", "-m", "openai:bench", "Hello"],
        "curl": ["curl", "-sN", "-H", "Content-Type: application/json", "-d", body, f"{base}/chat/completions"],
    }
    times = {name: [time_command(command, environment) for _ in range(25)] for name, command in commands.items()}
    for index in (0, 1):
        print(*(f"{statistics.median(time[index] for time in times[name]):.2f}" for name in ("sesh", "curl")))


def memory(binary: str, directory: str, session: str) -> None:
    environment = dict(os.environ, SESH_DIR=directory)
    subprocess.run(
        [binary, "chat", "-q", "-m", "echo", "-s", session, "Hello"],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    # Linux counts what the child was before exec as well: never less than this interpreter, some 20 MB.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{peak / (1024 * 1024 if sys.platform == 'darwin' else 1024):.1f}")


def echo(binary: str, directory: str, session: str) -> None:
    environment = dict(os.environ, SESH_DIR=directory, TERM="xterm-256color", XDG_STATE_HOME=directory)
    process, terminal = pty.fork()
    if process == 0:
        os.execve(binary, [binary, "chat", "-q", "-m", "echo", "-s", session], environment)
    seen = b""
    while b"\x1b[?2004h" not in seen:
        seen += os.read(terminal, 65536)
    times = []
    for key in b"The quick brown fox jumps over the lazy dog. " * 5:
        # What is still being drawn is not this key's echo.
        while select.select([terminal], [], [], 0.01)[0]:
            os.read(terminal, 65536)
        start = time.perf_counter()
        os.write(terminal, bytes([key]))
        os.read(terminal, 65536)
        times.append((time.perf_counter() - start) * 1000)
    os.write(terminal, b"\x03\x04")
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass
    os.waitpid(process, 0)
    print(f"{statistics.median(times):.3f}")


def main() -> None:
    match sys.argv[1:]:
        case ["sessions", directory, count]:
            for number in range(int(count)):
                write_session(pathlib.Path(directory, f"session-{number:05d}.json"), 1000)
        case ["session", path, size]:
            write_session(pathlib.Path(path), int(size))
        case ["answers", binary, directory]:
            answers(binary, directory)
        case ["memory", binary, directory, session]:
            memory(binary, directory, session)
        case ["echo", binary, directory, session]:
            echo(binary, directory, session)
        case _:
            sys.exit(__doc__)


main()
