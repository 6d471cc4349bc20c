import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("The screens", .enabled(if: TmuxScreen.isInstalled, "tmux is not installed"))
    struct ScreenSnapshotTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private static let greeting = """
            New session 'demo'.
            echo answers. /help shows the commands, Ctrl-D leaves.

            """

        @Test("A new session")
        func newSession() async throws {
            try await TmuxScreen.show(sandbox, "chat", "-s", "demo") { screen in
                try await screen.expect(Self.greeting + "demo>")
                try await screen.enter("Hello")
                try await screen.expect(Self.greeting + "demo> Hello\nHello\n\ndemo>")
            }
        }

        @Test("A session that is resumed: the last exchange, and how much came before")
        func resumed() async throws {
            for words in ["One", "Two"] { try await sandbox.run("chat", "-s", "demo", words) }
            try await TmuxScreen.show(sandbox, "chat", "-s", "demo") { screen in
                try await screen.expect(
                    """
                    demo · 4 messages · last used just now · echo
                    … 2 earlier messages; /history shows them
                    user:
                    Two

                    assistant (echo):
                    Two

                    demo>
                    """)
            }
        }

        @Test("A session that ends with a cut answer, and then with a prompt that has none")
        func unfinished() async throws {
            let cutting = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Half of"))
                connection.close()
            }
            try await sandbox.run("chat", "-s", "demo", "Tell me", environment: cutting.environment)
            try await TmuxScreen.show(sandbox, "chat", "-s", "demo", "-m", "echo") { screen in
                try await screen.expect(
                    """
                    demo · 2 messages · last used just now · echo
                    user:
                    Tell me

                    assistant (openai:test, incomplete):
                    Half of

                    The last answer is not whole: /continue carries it on, /retry asks again.
                    demo>
                    """)
            }
            let failing = try ChatServer(status: 500, message: "Out of order.")
            try await sandbox.run("chat", "-s", "demo", "And now?", environment: failing.environment)
            try await TmuxScreen.show(sandbox, "chat", "-s", "demo", "-m", "echo") { screen in
                try await screen.expect(
                    """
                    demo · 2 messages · last used just now · echo
                    user:
                    Tell me

                    assistant (openai:test, incomplete):
                    Half of

                    user (unanswered):
                    And now?

                    The last prompt has no answer: /retry asks again, /discard drops it.
                    demo>
                    """)
            }
        }

        @Test("/help: a line for each command, none wider than 80 columns")
        func help() async throws {
            try await TmuxScreen.show(sandbox, "chat", "-q", "-s", "demo") { screen in
                try await screen.expect("demo>")
                try await screen.enter("/help")
                try await screen.expect(
                    """
                      /undo [N]         take the last turn back, or the last N
                      /redo [N]         restore the turn taken back last, or N turns
                      /discard          drop what was left unanswered
                      /save FILE        write the conversation to a file: .md, .json or .txt
                    Sessions
                      /new [ID]         begin a new session
                      /session [ID]     go to another session, or tell about this one
                      /list             list the sessions
                      /reset            empty this session's history
                      /delete           delete this session
                      /rename ID        give this session another id
                      /title [TEXT]     set the title, or show it; - takes it away
                      /fork [ID]        copy this session up to here and go on in the copy
                    How it answers
                      /model [REF]      answer with another model, or show which it is
                      /system [TEXT]    set the system prompt, or show it; - takes it away
                      /set [KEY VALUE]  set temperature, raw and more, or show all; - unsets one
                    The program
                      /help             show this
                      /exit             leave, as Ctrl-D does (also /quit)
                      //…               a prompt that begins with a slash
                    Ctrl-C stops an answer and keeps what came; Ctrl-D leaves.
                    'sesh help keys' lists the keys.
                    demo>
                    """)
            }
        }

        @Test("/list, with titles wider than the window and in wide letters")
        func list() async throws {
            try await sandbox.run("chat", "-s", "first", String(repeating: "世界 ", count: 30))
            try await sandbox.run("chat", "-s", "second-one", "Short")
            try await TmuxScreen.show(sandbox, "chat", "-q", "-s", "second-one") { screen in
                try await screen.expect("second-one>")
                try await screen.enter("/list")
                try await screen.expect(
                    """
                    second-one> /list
                    SESSION     MESSAGES  LAST USED  MODEL  TITLE
                    second-one  2         just now   echo   Short
                    first       2         just now   echo   世界 世界 世界 世界 世界 世界 世界 世界…
                    second-one>
                    """)
            }
        }

        @Test("Several lines being typed, edited and sent")
        func block() async throws {
            try await TmuxScreen.show(sandbox, "chat", "-q", "-s", "demo") { screen in
                try await screen.expect("demo>")
                try await screen.type("first line")
                try await screen.press("M-Enter", "M-Enter")
                try await screen.type("third")
                try await screen.expect("demo> first line\n\nthird")
                try await screen.press("Enter")
                try await screen.expect(
                    "demo> first line\n\nthird\nfirst line\n\nthird\n\ndemo>")
            }
        }

        @Test("The ways a word can be completed, below the line")
        func completions() async throws {
            try await TmuxScreen.show(sandbox, "chat", "-q", "-s", "demo") { screen in
                try await screen.expect("demo>")
                try await screen.type("/re")
                try await screen.press("Tab")
                try await screen.expect("demo> /re\n/redo    /rename  /reset   /retry\ndemo> /re")
                try await screen.type("d")
                try await screen.press("Tab")
                try await screen.expect("demo> /re\n/redo    /rename  /reset   /retry\ndemo> /redo")
            }
        }

        // Below other text: a terminal that wraps its rows anew moves the uppermost ones out of reach, into its history.
        @Test("A window made narrow while a line is typed, and wide again")
        func resized() async throws {
            try await TmuxScreen.show(sandbox, "chat", "-s", "demo") { screen in
                try await screen.expect(Self.greeting + "demo>")
                try await screen.type("A long line that has to be wrapped when the window becomes narrow")
                try await screen.expect(
                    Self.greeting + "demo> A long line that has to be wrapped when the window becomes narrow")
                try await screen.resize(columns: 40)
                let narrow = "Ctrl-D leaves.\ndemo> A long line that has to be wrapped\n when the window becomes narrow"
                try await screen.expect(narrow)
                try await screen.type(", on")
                try await screen.expect(narrow + ", on")
                try await screen.press("C-a")
                try await screen.type("x")
                try await screen.expect(
                    "Ctrl-D leaves.\ndemo> xA long line that has to be wrappe\nd when the window becomes narrow, on")
                try await screen.resize(columns: 80)
                try await screen.expect(
                    Self.greeting + "demo> xA long line that has to be wrapped when the window becomes narrow, on")
                try await screen.type("y")
                try await screen.expect(
                    Self.greeting + "demo> xyA long line that has to be wrapped when the window becomes narrow, on")
            }
        }

        @Test("Wide, combining and joined characters are edited in place, drawn as all terminals can, and sent exact")
        func wide() async throws {
            let line = "世界 e\u{301} 👍 👩‍👩‍👧 שלום"
            try await TmuxScreen.show(sandbox, "chat", "-q", "-s", "demo") { screen in
                try await screen.expect("demo>")
                try await screen.type(line)
                try await screen.expect("demo> 世界 e\u{301} 👍 👩 שלום")
                try await screen.press("C-a", "Right", "C-d")
                try await screen.expect("demo> 世 e\u{301} 👍 👩 שלום")
                try await screen.press("Enter")
                try await eventually { try sandbox.contents("demo").count == 2 }
                #expect(try sandbox.contents("demo").first == line.replacing("界", with: ""))
            }
        }
    }
}
