import Foundation
import SeshTestSupport
import Testing

struct PseudoTerminalTests {
    @Test func `A program has the terminal as its controlling one and its ending is known`() throws {
        let terminal = try PseudoTerminal(columns: 61, rows: 7)
        try terminal.start(
            "/bin/sh", ["-c", "stty size < /dev/tty; read line; echo got $line; kill -TERM $$"],
            environment: ["PATH": "/usr/bin:/bin"])
        try terminal.wait(for: "7 61")
        try terminal.type("hello\r")
        try terminal.wait(for: "got hello")
        #expect(try terminal.waitForEnd() == .signal(SIGTERM))
    }

    @Test func `Ctrl-C reaches the program as a signal and a closed window hangs it up`() throws {
        for (act, number) in [({ (t: PseudoTerminal) in try t.type("\u{3}") }, SIGINT), ({ $0.hangUp() }, SIGHUP)] {
            let terminal = try PseudoTerminal()
            try terminal.start("/bin/sh", ["-c", "echo ready; exec cat"], environment: ["PATH": "/usr/bin:/bin"])
            try terminal.wait(for: "ready")
            try act(terminal)
            #expect(try terminal.waitForEnd() == .signal(number))
        }
    }
}
