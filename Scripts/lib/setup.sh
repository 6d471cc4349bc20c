# shellcheck shell=bash
# What the scripts share: progress, a Python that fits, and the system packages. Sourced, never run.

# Progress goes to standard error: standard output belongs to the answer.
say() { printf '%s\n' "$*" >&2; }

# Ends the script, naming what is wrong and the way out.
die() {
    say "$(basename "$0"): $*"
    exit 1
}

# Prints the first Python that is 3.10 or later (the oldest that xllamacpp's wheels are built for).
find_python() {
    local candidate
    for candidate in python3 /usr/bin/python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null </dev/null; then
            # The interpreter itself: neither a shim that depends on the directory it is started in, nor a virtual
            # environment that may be gone tomorrow.
            "$candidate" -I -c 'import sys
print(sys.executable if sys.prefix == sys.base_prefix else sys._base_executable)' </dev/null
            return
        fi
    done
    return 1
}

# Prints a Python that also has pip; on Debian pip is a package of its own.
find_python_with_pip() {
    local python
    for python in "$(find_python)" /usr/bin/python3; do
        if [ -x "$python" ] && "$python" -I -m pip --version >/dev/null 2>&1 </dev/null; then
            printf '%s\n' "$python"
            return
        fi
    done
    return 1
}

# Prints those of the packages named that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || printf '%s\n' "$package"
    done
}

# Installs the Debian or Ubuntu packages named that are missing: as root, or through sudo; where neither is
# possible it prints the command and ends the script. Elsewhere it does nothing.
ensure_packages() {
    command -v apt-get >/dev/null || return 0
    local missing as_root=()
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        # Without a terminal sudo could only fail or hang, unless it needs no password.
        if ! command -v sudo >/dev/null || { ! sudo -n true 2>/dev/null && ! { : </dev/tty; } 2>/dev/null; }; then
            say "These packages are missing: ${missing[*]}. Install them, then run this again:"
            say "    apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
            say "(as root: this is not root, and sudo cannot be used here)"
            exit 1
        fi
        as_root=(sudo)
    fi
    say "Installing ${missing[*]} with apt-get ..."
    "${as_root[@]}" apt-get update -q >&2 </dev/null
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "${missing[@]}" >&2 </dev/null
}

# What the release is built with, on Debian and Ubuntu.
build_packages=(libedit-dev libcurl4-openssl-dev)

# The flags that put the C++ library of Swift's runtime into the binary too: loading and relocating the shared one
# takes 0.4 of 3.9 ms at every start. The linker finds the archive under the shared library's name; it has to be lld,
# which does not mind that the archive comes before what needs it.
static_cxx_flags=()
find_static_cxx() {
    local archive link=$PWD/.build/link
    archive=$(cc -print-file-name=libstdc++.a 2>/dev/null || clang -print-file-name=libstdc++.a 2>/dev/null) || return 0
    case $archive in /*) ;; *) return 0 ;; esac
    mkdir -p "$link"
    ln -sf "$archive" "$link/libstdc++.so"
    static_cxx_flags=(-Xswiftc -use-ld=lld -Xlinker --as-needed -Xlinker "-L$link")
}

# Builds the release binary, `.build/release/sesh`, unless it is newer than everything it is made of. Run it at the
# top of the checkout.
build_release() {
    local stamp=.build/release-built
    if [ -x .build/release/sesh ] && [ -e "$stamp" ] &&
        [ -z "$(find Sources Package.swift -newer "$stamp" -print -quit)" ]; then
        return 0
    fi
    command -v swift >/dev/null || die "Swift 6.2 or later is needed: https://www.swift.org/install"
    ensure_packages "${build_packages[@]}"
    # No library is looked for beside the program: what lies in a folder of programs is not to be loaded from there.
    local flags=(-c release --product sesh --disable-local-rpath)
    find_static_cxx
    # On macOS the standard library is part of the system.
    [ "$(uname -s)" = Darwin ] || flags+=(--static-swift-stdlib "${static_cxx_flags[@]}")
    say "Building sesh; the first time takes about two minutes ..."
    mkdir -p .build
    # The time before the build: what is edited meanwhile is built the next time.
    touch "$stamp.new"
    swift build "${flags[@]}" >&2 </dev/null
    mv -f "$stamp.new" "$stamp"
}

# Installs the local model, with the system packages that takes, if it isn't there. Run it at the top of the checkout.
install_local_model() {
    if Scripts/install-local-model --check; then return 0; fi
    local packages=(libgomp1)
    find_python >/dev/null || packages+=(python3)
    find_python_with_pip >/dev/null || packages+=(python3-pip)
    ensure_packages "${packages[@]}"
    Scripts/install-local-model </dev/null
}
