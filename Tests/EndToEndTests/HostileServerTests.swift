import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Hostile servers: bounded memory, the right exit code, what had arrived is kept, the key stays home")
    struct HostileServerTests {
        let sandbox: Sandbox
        private static let most = 128_000_000

        init() throws { sandbox = try Sandbox() }

        /// Asks a server, and checks what has to hold whatever it does.
        ///
        /// - Parameters:
        ///   - status: the exit code.
        ///   - kept: the words that had arrived; nil if none had.
        private func expect(
            _ status: Int32, keeping kept: String?, _ words: String..., timeouts: String = "", arguments: [String] = [],
            location: SourceLocation = #_sourceLocation, from handler: @escaping LoopbackServer.Handler
        ) async throws {
            let server = try ChatServer(handler)
            let configuration = try sandbox.configure(#"{"providers":{"openai":{\#(timeouts)}}}"#)
            let (run, peak) = try await sandbox.measured(
                ["chat", "-s", "a"] + arguments + ["Precious"],
                environment: server.environment.merging(configuration) { $1 })
            let told = "\(run.description.prefix(2000))"
            #expect(run.status == status, "\(told)", sourceLocation: location)
            #expect(run.output == (kept.map { $0 + "\n" } ?? ""), "\(told)", sourceLocation: location)
            if status != 0 {
                let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("sesh: ") }
                #expect(lines.count == 1 && run.errors.utf8.count < 2000, "\(told)", sourceLocation: location)
            }
            for word in words { #expect(run.errors.contains(word), "\(told)", sourceLocation: location) }
            #expect(!run.errors.contains("sk-canary"), "\(told)", sourceLocation: location)
            #expect(peak <= Self.most, "\(peak) bytes", sourceLocation: location)
            let document = try sandbox.document("a")
            if let kept {
                #expect(try sandbox.contents("a") == ["Precious", kept], sourceLocation: location)
                let mark = try sandbox.messages("a").last?["status"] as? String
                #expect(mark == (status == 0 ? nil : "incomplete"), sourceLocation: location)
            } else {
                #expect(try sandbox.messages("a").isEmpty, sourceLocation: location)
                let pending = try #require(document["pending"] as? [[String: Any]], sourceLocation: location)
                #expect(pending.map { $0["content"] as? String } == ["Precious"], sourceLocation: location)
            }
            let counts = PromiseCounts("a hostile server: bounded memory, right exit code, words kept")
            counts.add(run.status == status && peak <= Self.most)
        }

        /// Sends something until the client has had enough.
        private static func flood(_ connection: LoopbackConnection, _ text: String) throws {
            let block = Array(String(repeating: text, count: max(1, 65_536 / text.utf8.count)).utf8)
            while true { try connection.send(block) }
        }

        private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

        @Test("A line without an end")
        func endlessLine() async throws {
            try await expect(69, keeping: "Kept", "line of more than") { _, connection in
                try connection.send(Self.head + ChatServer.event("Kept") + "data: ")
                try Self.flood(connection, "a")
            }
        }

        @Test(
            "Empty data lines without an end, and an event without an end", arguments: ["data:\n", "data\r\n", "x\n"])
        func endlessEvent(line: String) async throws {
            try await expect(69, keeping: "Kept", "event of more than") { _, connection in
                try connection.send(Self.head + ChatServer.event("Kept"))
                try Self.flood(connection, line)
            }
        }

        @Test("An answer of more than 64 MiB")
        func longAnswer() async throws {
            let server = try ChatServer { _, connection in
                try connection.send(Self.head)
                try Self.flood(connection, ChatServer.event(String(repeating: "a", count: 60_000)))
            }
            let (run, peak) = try await sandbox.measured(["chat", "-s", "a", "x"], environment: server.environment)
            #expect(run.status == 69 && run.errors.contains("\(64 << 20) bytes"), "\(run.errors)")
            #expect(peak <= Self.most, "\(peak) bytes")
            #expect(run.output.utf8.count > 60 << 20)
            #expect(try sandbox.contents("a").last.map { $0 + "\n" } == run.output)
        }

        @Test("A document of more than it may have, and one that is large")
        func longDocument() async throws {
            for megabytes in [7, 63, 100] {
                let server = try ChatServer { _, connection in
                    try connection.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
                    try connection.send(#"{"choices":[{"message":{"content":""#)
                    for _ in 0..<megabytes { try connection.send(String(repeating: "a", count: 1 << 20)) }
                    try connection.send(#""},"finish_reason":"stop"}]}"#)
                    connection.close()
                }
                let (run, peak) = try await sandbox.measured(
                    ["chat", "-s", "d\(megabytes)", "--no-stream", "x"], environment: server.environment)
                #expect(run.status == (megabytes == 7 ? 0 : 69), "\(megabytes) MB: \(run.errors)")
                #expect(peak <= Self.most, "\(peak) bytes for \(megabytes) MB")
            }
        }

        @Test("A byte now and then: the idle time-out ends it")
        func dripping() async throws {
            try await expect(69, keeping: "Kept", "stopped", timeouts: #""idleTimeout":0.3"#) { _, connection in
                try connection.send(Self.head + ChatServer.event("Kept"))
                for byte in ChatServer.event("never whole").utf8 {
                    try connection.send([byte])
                    Thread.sleep(forTimeInterval: 1)
                }
            }
        }

        @Test("Every byte of an answer in a chunk of its own")
        func bytewise() async throws {
            let words = "Grüße 😀 👨‍👩‍👧🏽 e\u{301} \u{10FFFF}\u{0}"
            try await expect(0, keeping: words) { _, connection in
                try connection.startChunks()
                for byte in (ChatServer.event(words) + ChatServer.end).utf8 {
                    try connection.send(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8))
                }
                try connection.endChunks()
            }
        }

        @Test("Redirects to every other place, by every code", arguments: [301, 302, 303, 307, 308])
        func redirects(status: Int) async throws {
            let target = try ChatServer { $0 }
            let counts = PromiseCounts("the key goes to the configured origin only")
            guard case .tcp(let port) = target.server.address else { return }
            let path = "/v1/chat/completions"
            let places = [
                "http://127.0.0.1:\(port)\(path)", "http://localhost:\(port)\(path)", "http://127.0.0.2:\(port)\(path)",
                "https://127.0.0.1:\(port)\(path)", "//127.0.0.1:\(port)\(path)", "ftp://127.0.0.1:\(port)/", "/v2",
                "file:///etc/passwd", "http://127.0.0.1:\(port)\\@example.com/", "gopher://127.0.0.1:\(port)/", "",
                "javascript:alert(1)", "\u{1B}]0;x\u{7}",
            ]
            for (number, place) in places.enumerated() {
                let server = try ChatServer(status: status, headers: [("Location", place)])
                let run = try await sandbox.run("chat", "-s", "r\(number)", "x", environment: server.environment)
                #expect(run.status == 69 && run.output == "", "\(place): \(run)")
                #expect(!run.errors.contains("sk-canary") && !run.errors.contains("\u{1B}"), "\(place): \(run)")
                #expect(server.server.requests.count == 1, "\(place)")
                #expect(target.server.connectionCount == 0, "\(place)")
                counts.add(run.status == 69 && target.server.connectionCount == 0)
            }
        }

        @Test(
            "A compressed answer, which nobody asked for, is not unpacked",
            arguments: ["gzip", "deflate", "br", "zstd"])
        func bomb(encoding: String) async throws {
            // 1 GB of zeros, which gzip makes a megabyte.
            let made = try await sandbox.start(
                ["-c", "head -c 1000000000 /dev/zero | gzip -9"], program: "/bin/sh"
            ).finishedOutput()
            try await expect(69, keeping: nil, "compressed") { request, connection in
                try connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: \(encoding)\r\n"
                        + "Content-Length: \(made.count)\r\n\r\n")
                try connection.send(made)
            }
        }

        @Test("HTTP/1.0, whose answer ends with the connection")
        func oldHTTP() async throws {
            try await expect(0, keeping: "Old words") { _, connection in
                try connection.send("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
                try connection.send(ChatServer.event("Old words") + ChatServer.end)
                connection.close()
            }
        }

        @Test(
            "What is not HTTP, or hardly",
            arguments: [
                "data: {}\n\n", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
                "\0\0\0\0\0\0\0\0", "",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\nZZZ\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\nContent-Type: text/event-stream\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\nContent-Type: text/event-stream\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n",
            ])
        func notHTTP(answer: String) async throws {
            try await expect(69, keeping: nil) { _, connection in
                try connection.send(answer)
                connection.close()
            }
        }

        @Test("A head without an end", arguments: ["X-A: b\r\n", "a", "HTTP/1.1 100 Continue\r\n\r\n"])
        func endlessHead(text: String) async throws {
            try await expect(69, keeping: nil) { _, connection in
                try connection.send("HTTP/1.1 200 OK\r\n")
                try Self.flood(connection, text)
            }
        }

        @Test("An error whose body has no end", arguments: [(401, 77), (500, 69), (429, 75), (404, 78)])
        func endlessError(status: Int, code: Int32) async throws {
            try await expect(code, keeping: nil) { _, connection in
                try connection.send("HTTP/1.1 \(status) No\r\nContent-Type: text/plain\r\n\r\n")
                try Self.flood(connection, "no sk-canary ")
            }
        }

        @Test("No [DONE]: with a reason to end the answer is whole")
        func noDone() async throws {
            try await expect(0, keeping: "Whole") { _, connection in
                try connection.startChunks()
                try connection.sendChunk(
                    ChatServer.event("Whole") + ChatServer.end.replacing("data: [DONE]\n\n", with: ""))
                try connection.endChunks()
            }
        }

        @Test(
            "No [DONE], no reason, and a length that is not kept",
            arguments: [
                "Content-Length: 100000\r\n", "Transfer-Encoding: chunked\r\n", "",
            ])
        func cutShort(header: String) async throws {
            try await expect(69, keeping: "Half") { _, connection in
                let event = ChatServer.event("Half")
                try connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\(header)\r\n")
                let size = header.hasPrefix("T") ? String(event.utf8.count, radix: 16) + "\r\n" : ""
                try connection.send(size + event + (size.isEmpty ? "" : "\r\n"))
                connection.close()
            }
        }

        @Test(
            "An error in mid-stream, in every form that services give it",
            arguments: [
                #"data: {"error":{"message":"over sk-canary load","code":503}}"#,
                "event: error\ndata: {\"message\":\"no\"}",
                #"data: {"error":"out of memory"}"#,
                #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"error"}]}"#,
                "data: <html>", "data: {", "data: [1,]", "data: nonsense",
            ])
        func errorInside(event: String) async throws {
            try await expect(69, keeping: "Kept") { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Kept") + event + "\n\n")
                try connection.endChunks()
            }
        }

        @Test(
            "An answer of another type",
            arguments: [
                "text/html", "image/png", "application/json", "\u{1B}[31m/x",
                "x",
                "multipart/form-data; boundary=x", "sk-canary/sk-canary",
            ])
        func otherType(type: String) async throws {
            try await expect(69, keeping: nil) { _, connection in
                try connection.respond(
                    headers: [("Content-Type", type)], body: ChatServer.event("Words") + ChatServer.end)
            }
        }

        @Test("On a terminal, what a server says in an error is text")
        func screenSafe() async throws {
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Kept \u{1B}]0;title\u{7}\u{9B}31m\u{202E}"))
                try connection.sendChunk(
                    #"data: {"error":{"message":"\u001b]52;c;cm0gLXJm\u0007\u009b2J\u202e over"}}"# + "\n\n")
                try connection.endChunks()
            }
            let terminal = try sandbox.terminal("chat", "-s", "a", "x", environment: server.environment)
            #expect(try terminal.waitForEnd() == .status(69))
            let seen = String(decoding: terminal.output, as: UTF8.self)
            #expect(seen.contains("Kept") && seen.contains("over"))
            #expect(!seen.contains("\u{1B}]"))
            #expect(!seen.unicodeScalars.contains { ["\u{7}", "\u{9B}", "\u{202E}"].contains($0) })
        }
    }
}

extension Sandbox.Running {
    /// Waits for the end and reads standard output as bytes.
    func finishedOutput() async throws -> [UInt8] {
        _ = try await finish()
        return [UInt8](try Data(contentsOf: outputFile))
    }
}
