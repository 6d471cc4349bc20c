import Platform

/// Starts an engine under a small shell script that ends it when it has been idle for a while.
///
/// A script, because it has to outlive `sesh`, and a second process of `sesh` would take more memory.
struct LocalEngineSupervisor: Sendable {
    /// The program that serves the model, and its arguments.
    let command: LocalEngineCommand
    /// The socket that the engine makes.
    let socketPath: String
    /// The file that clients create while they use the engine.
    let leasePath: String
    /// Where the output of both goes.
    let logPath: String
    /// The environment of both.
    let environment: [String: String]
    /// How long an idle engine keeps running, in seconds.
    let idleSeconds: Int

    /// The script, in plain POSIX, for dash as for macOS's sh.
    ///
    /// `$1` is the socket, `$2` the lease, `$3` the idle time, `$4` the time between two checks of the lease; the
    /// engine's command follows.
    ///
    /// - It runs in the background of a shell that ends at once, so that `sesh` has no child to reap.
    /// - Descriptor 3 is the lock that is held while an engine runs; only script and engine have it. `watch` closes it
    ///   with `exec`: if it were redirected at the call, dash would keep a copy.
    /// - Before it ends an idle engine it renames the socket and checks the lease once more. A client creates its lease
    ///   before it tries the socket, so either the client finds no socket, or its lease is seen here and the socket
    ///   gets its name back.
    /// - `wait` also returns when a trapped signal arrives, hence the second one; without a signal that one fails, with
    ///   an error message that must not become the log's last line.
    static let script = """
        cd / || exit 1
        socket=$1 lease=$2 idle=$3 tick=$4
        shift 4
        watch() {
            exec 3>&-
            left=$idle
            while sleep "$tick" && kill -0 "$1"; do
                left=$((left - tick))
                if [ -e "$lease" ]; then
                    rm -f "$lease"
                    left=$idle
                elif [ "$left" -le 0 ]; then
                    mv -f "$socket" "$socket.idle" 2>/dev/null
                    [ -e "$lease" ] || break
                    mv -f "$socket.idle" "$socket" 2>/dev/null
                fi
            done
            kill "$1" && sleep 5 && kill -KILL "$1"
        }
        supervise() {
            rm -f "$socket" "$socket.idle"
            "$@" &
            engine=$!
            trap 'kill "$engine"' TERM INT HUP
            watch "$engine" 2>/dev/null &
            watcher=$!
            wait "$engine"
            wait "$engine" 2>/dev/null
            kill "$watcher"
            rm -f "$socket" "$socket.idle" "$lease"
        }
        supervise "$@" &
        """

    /// Starts script and engine.
    ///
    /// - Parameter lock: The lock, which passes to them.
    /// - Throws: ``LocalEngineError`` with the code `inputOutput`.
    func start(handingOver lock: consuming LocalEngineLock) async throws(LocalEngineError) {
        let child = try spawn(lock.descriptor)
        // The shell ends within milliseconds. Polled, because a blocking wait would occupy a shared thread, and to the
        // end even when the task is cancelled, because nothing else would reap it.
        while (try? ChildProcess.ending(of: child)) == .some(nil) {
            try? await Task.sleep(for: .milliseconds(1))
        }
    }

    private func spawn(_ lock: CInt) throws(LocalEngineError) -> Int32 {
        // Truncated: the log holds the output of one run, and can't grow from run to run.
        let log: Int32
        do {
            log = try Descriptor.open(logPath, [.write, .create, .truncate, .append, .noLink])
        } catch {
            throw LocalEngineError(.inputOutput, "The local model's log \(logPath) can't be opened.", cause: error)
        }
        defer { Descriptor.close(log) }
        // A check every five seconds costs nothing; a short idle time, as in tests, needs more.
        let tick = max(1, min(5, idleSeconds / 4))
        let arguments =
            ["/bin/sh", "-c", Self.script, "sesh-engine", socketPath, leasePath, "\(idleSeconds)", "\(tick)"]
            + command.arguments
        do {
            return try ChildProcess.spawn(
                arguments, environment: environment, input: .nothing, output: .descriptor(log),
                errors: .descriptor(log), others: [lock], isDetached: true)
        } catch {
            throw LocalEngineError(.inputOutput, "The local model's engine can't be started.", cause: error)
        }
    }
}
