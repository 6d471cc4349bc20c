import LocalEngine
import ChatModels
import Foundation
import Testing

/// A directory with a model that isn't one, and a `llama-server` that is a small Python script: it answers
/// `/health` on its socket, and does otherwise what the test asked for.
struct LocalEngineFixture {
    /// What the stand-in does when it is started.
    enum Behaviour: String {
        /// Listens at once.
        case serve
        /// Prints an error and exits.
        case fail
        /// Never listens.
        case hang
    }

    let directory: URL
    let runtime: URL
    private(set) var configuration: LocalEngineConfiguration

    /// Runs a test with a fixture, and ends what engines it left.
    static func use(
        _ behaviour: Behaviour = .serve, idleSeconds: Int = 60, startTimeout: Duration = .seconds(30),
        _ body: (LocalEngineFixture) async throws -> Void
    ) async throws {
        let fixture = try LocalEngineFixture(behaviour, idleSeconds: idleSeconds, startTimeout: startTimeout)
        defer { fixture.tearDown() }
        try await body(fixture)
    }

    private init(_ behaviour: Behaviour, idleSeconds: Int, startTimeout: Duration) throws {
        // Short names: the socket's whole path must fit in 104 bytes.
        directory = FileManager.default.temporaryDirectory.appending(path: "le-\(UInt32.random(in: 0 ... .max))")
        runtime = directory.appending(path: "run")
        let bin = directory.appending(path: "bin")
        for folder in [runtime, bin] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        try Data("GGUF and no more".utf8).write(to: directory.appending(path: "tiny.gguf"))
        try Self.installServer(behaviour, in: directory)
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = "\(bin.path):\(environment["PATH"] ?? "/usr/bin:/bin")"
        environment["XDG_RUNTIME_DIR"] = runtime.path
        environment["XDG_DATA_HOME"] = directory.path
        environment["OPENAI_API_KEY"] = "sk-not-for-the-engine"
        environment["LC_ALL"] = "C.UTF-8"
        configuration = LocalEngineConfiguration(
            environment: environment, homeDirectory: directory.path, userID: getuid(), idleSeconds: idleSeconds,
            startTimeout: startTimeout)
    }

    /// An engine for the model, as another process would make one.
    func engine() throws -> LocalEngine {
        LocalEngine(try LocalEngineModel(path: directory.appending(path: "tiny.gguf").path), configuration)
    }

    /// Makes the stand-in behave differently from its next start on.
    func setBehaviour(_ behaviour: Behaviour) throws {
        try Self.installServer(behaviour, in: directory)
    }

    /// The process ids of the engines started so far and of their supervisors, in the order of starting.
    var starts: [(engine: pid_t, supervisor: pid_t)] {
        let text = (try? String(contentsOf: directory.appending(path: "starts"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { line in
            let ids = line.split(separator: " ").compactMap { pid_t($0) }
            return (ids[0], ids[1])
        }
    }

    /// The environment that the engine last started was given.
    var engineEnvironment: String {
        (try? String(contentsOf: directory.appending(path: "environment"), encoding: .utf8)) ?? ""
    }

    /// The names in the directory for sockets that end so.
    func runtimeFiles(_ suffix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: runtime.path + "/sesh")) ?? []
        return names.filter { $0.hasSuffix(suffix) }.map { runtime.path + "/sesh/" + $0 }
    }

    /// Waits until something is so.
    func eventually(_ what: Comment, _ condition: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !condition() {
            try #require(ContinuousClock.now < deadline, what)
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func tearDown() {
        for start in starts where kill(start.engine, 0) == 0 { kill(start.engine, SIGKILL) }
        try? FileManager.default.removeItem(at: directory)
    }

    /// Puts the stand-in where `PATH` finds it.
    ///
    /// A child does the writing: had this process the program open for writing while another test starts a child, that
    /// one would have it open too until its `execve`, and running the program would fail with `ETXTBSY`.
    private static func installServer(_ behaviour: Behaviour, in directory: URL) throws {
        let source = directory.appending(path: "server.py")
        try Data(Self.server(behaviour, directory).utf8).write(to: source)
        let install = Process()
        install.executableURL = URL(filePath: "/usr/bin/env")
        install.arguments = ["install", "-m", "755", source.path, directory.path + "/bin/llama-server"]
        try install.run()
        install.waitUntilExit()
        try #require(install.terminationStatus == 0)
    }

    private static func server(_ behaviour: Behaviour, _ directory: URL) -> String {
        """
        #!/usr/bin/env python3
        import os, signal, socket, sys, time
        with open("\(directory.path)/environment", "w") as file:
            file.write("\\n".join(f"{k}={v}" for k, v in os.environ.items()))
        with open("\(directory.path)/starts", "a") as file:
            file.write(f"{os.getpid()} {os.getppid()}\\n")
        if "\(behaviour.rawValue)" == "fail":
            print("loading ...\\nerror: no such tensor\\n", flush=True)
            sys.exit(1)
        while "\(behaviour.rawValue)" == "hang":
            time.sleep(1)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(sys.argv[sys.argv.index("--host") + 1])
        listener.listen(64)
        while True:
            connection, _ = listener.accept()
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n")
            connection.close()
        """
    }
}
