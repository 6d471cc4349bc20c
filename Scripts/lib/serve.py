"""Serves one GGUF file over HTTP on a UNIX socket, with the llama.cpp server inside `xllamacpp`.

It takes the few options of `llama-server` that sesh uses, so that one can stand in for the other.
Run it isolated (`python3 -I`): the package is looked for beside this file and nowhere else.
"""

import argparse
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import xllamacpp  # noqa: E402  (only importable once the path is set)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, help="the GGUF file")
    parser.add_argument("--host", required=True, help="the socket's path; must end in .sock")
    parser.add_argument("--alias", required=True, help="the name that the model answers to")
    parser.add_argument("--ctx-size", type=int, default=0, help="tokens; 0 is what the model was trained with")
    parser.add_argument("--parallel", type=int, default=4, help="conversations answered at once")
    parser.add_argument("--threads-http", type=int, default=64, help="connections held at once")
    parser.add_argument("--chat-template", help="how messages become one text, by llama.cpp's name for it")
    parser.add_argument("--temp", type=float, help="the temperature where a request names none")
    parser.add_argument("--top-p", type=float, help="the share of likely tokens, likewise")
    parser.add_argument("--predict", type=int, help="the most tokens of an answer, likewise")
    options = parser.parse_args()
    supervisor = os.getppid()

    params = xllamacpp.CommonParams()
    params.model.path = options.model
    params.model_alias = {options.alias}
    params.hostnames = [options.host]
    params.port = 8080  # llama.cpp binds a socket only when a port is given, and then ignores it
    params.n_ctx = options.ctx_size
    params.n_parallel = options.parallel
    params.kv_unified = True  # every conversation may use the whole context, not its n-th part
    params.n_cache_reuse = 256  # a conversation whose beginning was cut off keeps what follows it
    params.n_threads_http = options.threads_http
    params.cache_ram_mib = 256  # llama.cpp would keep up to 8 GiB of old prompts
    if options.chat_template is not None:
        params.chat_template = options.chat_template
    if options.temp is not None:
        params.sampling.temp = options.temp
    if options.top_p is not None:
        params.sampling.top_p = options.top_p
    if options.predict is not None:
        params.n_predict = options.predict
    params.ui = False
    params.verbosity = 2  # warnings: a line per request would let the log grow for as long as it runs

    server = xllamacpp.Server(params)
    print(f"listening on {server.listening_address}", flush=True)
    # Whoever ends the supervisor without letting it clean up must not leave the model in memory.
    while os.getppid() == supervisor:
        time.sleep(2)
    os._exit(0)


main()
