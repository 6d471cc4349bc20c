"""Asks the installed local model everyday questions in several settings, and prints a line of a table for each.

usage: measure-local-model.py DATA-DIRECTORY [SETTING ...]
DATA-DIRECTORY is where install-local-model puts the model. Without a setting all of them are measured.
"""

import collections
import glob
import http.client
import json
import pathlib
import re
import sys
import time

data = pathlib.Path(sys.argv[1])
sys.path.insert(0, sorted(glob.glob(f"{data}/engine/xllamacpp-*"))[-1])
import xllamacpp  # noqa: E402  (only importable once the path is set)

PORT = 18321
QUESTIONS = json.loads(pathlib.Path(__file__).with_name("questions.json").read_text(encoding="utf-8"))
DRY = {"dry_multiplier": 0.8, "dry_penalty_last_n": 1024}
ACROSS_LINES = {"dry_sequence_breakers": ["<|im_end|>"]}
# The template (nothing: the one in the model's file) and what is sent with each request.
SETTINGS = {
    "file's template, 0.2": (None, {"temperature": 0.2, "top_p": 0.9}),
    "chatml, 0.2": ("chatml", {"temperature": 0.2, "top_p": 0.9}),
    "chatml, 0": ("chatml", {"temperature": 0}),
    "chatml, 0, DRY 10 within lines": ("chatml", {"temperature": 0, **DRY, "dry_allowed_length": 10}),
    "chatml, 0, DRY 4": ("chatml", {"temperature": 0, **DRY, **ACROSS_LINES, "dry_allowed_length": 4}),
    "chatml, 0, DRY 8": ("chatml", {"temperature": 0, **DRY, **ACROSS_LINES, "dry_allowed_length": 8}),
}


def serve(template):
    params = xllamacpp.CommonParams()
    params.model.path = str(data / json.loads((data / "local-model.json").read_text())["weights"])
    params.model_alias = {"local"}
    params.hostnames = ["127.0.0.1"]
    params.port = PORT
    params.n_ctx = 8192
    params.verbosity = 0
    if template:
        params.chat_template = template
    return xllamacpp.Server(params)


def ask(messages, limit, options):
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=600)
    body = {"messages": messages, "max_tokens": limit, "seed": 1, **options}
    connection.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
    choice = json.loads(connection.getresponse().read())["choices"][0]
    return choice["message"]["content"], choice["finish_reason"]


def measure(options):
    """The numbers of right answers, of the most repeats of a line, of answers that were cut, and what was remembered."""
    right = 0
    for question, pattern in QUESTIONS["checked"]:
        answer, _ = ask([{"role": "user", "content": question}], 64, options)
        right += bool(re.search(pattern, answer.lower()))
    dialogue = []
    for prompt in QUESTIONS["dialogue"]:
        dialogue.append({"role": "user", "content": prompt})
        dialogue.append({"role": "assistant", "content": ask(dialogue, 64, options)[0]})
    repeats = cut = 0
    for prompt in QUESTIONS["open"]:
        answer, reason = ask([{"role": "user", "content": prompt}], 512, options)
        lines = collections.Counter(line.strip() for line in answer.splitlines() if line.strip())
        repeats = max(repeats, max(lines.values(), default=0))
        cut += reason == "length"
    return right, repeats, cut, dialogue[-1]["content"].splitlines()[0][:50]


def main():
    print("| setting | right of 40 | most repeats of a line | cut of 10 | the secret word | seconds |")
    print("|---|---:|---:|---:|---|---:|")
    for name in sys.argv[2:] or SETTINGS:
        template, options = SETTINGS[name]
        server = serve(template)
        start = time.monotonic()
        right, repeats, cut, word = measure(options)
        print(f"| {name} | {right} | {repeats} | {cut} | {word} | {time.monotonic() - start:.0f} |", flush=True)
        del server


main()
