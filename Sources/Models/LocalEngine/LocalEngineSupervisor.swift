import Platform

/// Starts an engine under a small shell script that ends it when nobody has used it for a while.
///
/// A script, because it outlives the `sesh` that started it, and a copy of `sesh` in memory would cost more.
package struct LocalEngineSupervisor: Sendable {
    /// The program that serves the model, and its arguments.
    let command: LocalEngineCommand
    /// The socket that the engine makes.
    let socketPath: String
    /// The file that clients make while they use the engine.
    let leasePath: String
    /// Where the output of both goes.
    let logPath: String
    /// The environment of both.
    let environment: [String: String]
    /// How long an engine that nobody uses stays, in seconds.
    let idleSeconds: Int

    /// The script, in plain POSIX, for dash as for macOS's sh.
    ///
    /// `$1` is the socket, `$2` the lease, `$3` the idle time, `$4` the time between two looks at the lease; the
    /// engine's command follows.
    ///
    /// - It runs in the background of a shell that ends at once, so that no `sesh` has a child to reap.
    /// - Descriptor 3 is the lock that says that an engine lives; only script and engine hold it. The part that
    ///   watches gives it up with `exec`: redirected at the call, dash keeps a copy to restore it from.
    /// - Before it ends an idle engine it takes the socket's name away and looks at the lease once more. A client
    ///   makes its lease before it tries the socket: so either the client finds no socket, or it is seen here and
    ///   gets its engine back.
    /// - `wait` also returns when a trapped signal arrives, hence the second one; otherwise it has nothing to wait
    ///   for, and says so, which must not become the log's last line.
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
        // The shell forks and ends: milliseconds. Polled, because a blocking wait would hold a shared thread, and
        // to the end even when the task is cancelled, because nobody else would reap it.
        while (try? ChildProcess.ending(of: child)) == .some(nil) {
            try? await Task.sleep(for: .milliseconds(1))
        }
    }

    private func spawn(_ lock: CInt) throws(LocalEngineError) -> Int32 {
        // Truncated: the log holds what one run of an engine said, and can't grow from run to run.
        let log: Int32
        do {
            log = try Descriptor.open(logPath, [.write, .create, .truncate, .append, .noLink])
        } catch {
            throw LocalEngineError(.inputOutput, "The local model's log \(logPath) can't be opened.", cause: error)
        }
        defer { Descriptor.close(log) }
        // Five seconds between looks cost nothing; a short idle time, as in tests, needs shorter ones.
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
