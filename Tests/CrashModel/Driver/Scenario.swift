import SessionFiles
import SessionKit

/// A run of changes of one kind, from a directory that does not exist yet.
enum Scenario: String, CaseIterable, Sendable {
    case create, nestedDirectory, turns, interrupted, retry, takenUp, withdrawn, undone, updated, reset, renamed, forked
    case deleted, pruned, blocks, twoWrites, linked, failedSync, parts

    /// Where the sessions are, below the directory that exists.
    var sessionsPath: String { self == .nestedDirectory ? "/some/deep/sessions" : "/sessions" }

    /// The system calls that fail, in the interposer's words.
    var fault: String? {
        switch self {
        // A file system that knows no exclusive rename: EINVAL (renameat2(2)).
        case .linked: "rename 1 1 22;rename 2 1 22;rename 5 1 22"
        // EIO: the sync of a temporary, then of the directory after an answer, after an update and after a rename.
        case .failedSync: "fsync 6 1 5;fsync 10 1 5;fsync 13 1 5;fsync 15 1 5"
        default: nil
        }
    }

    /// Makes the changes.
    func run(_ driver: inout Driver) async throws {
        try driver.begin()
        switch self {
        case .create, .nestedDirectory: try await Self.create(&driver)
        case .turns: try await Self.turns(&driver)
        case .interrupted: try await Self.interrupted(&driver)
        case .parts: try await Self.parts(&driver)
        case .retry: try await Self.retry(&driver)
        case .takenUp: try await Self.takenUp(&driver)
        case .withdrawn: try await Self.withdrawn(&driver)
        case .undone: try await Self.undone(&driver)
        case .updated: try await Self.updated(&driver)
        case .reset: try await Self.reset(&driver)
        case .renamed: try await Self.renamed(&driver)
        case .forked: try await Self.forked(&driver)
        case .deleted: try await Self.deleted(&driver)
        case .pruned: try await Self.pruned(&driver)
        case .blocks: try await Self.long(&driver, answer: 9000)
        // The store writes 128 KiB at a time.
        case .twoWrites: try await Self.long(&driver, answer: 132_000)
        case .linked: try await Self.linked(&driver)
        case .failedSync: try await Self.failedSync(&driver)
        }
    }

    /// A session's first turns, as an import brings them.
    private static let earlier = [
        Exchange(prompt: "What is a crash?", answer: "What no acknowledged change may be lost in: \u{1F4A5} \"boom\"."),
        Exchange(prompt: "And a power cut?", answer: "The same,\nwith the page cache gone.", status: "interrupted"),
    ]

    private static func create(_ driver: inout Driver) async throws {
        try await driver.create("first")
        try await driver.create("second", title: "A \"title\" of its own", turns: earlier)
        try await driver.create("third")
    }

    private static func turns(_ driver: inout Driver) async throws {
        try await driver.create("talk")
        try await driver.create("other", turns: earlier)
        for number in 1...3 { try await driver.turn("talk", "Question \(number)?", "Answer \(number).") }
        try await driver.turn("other", "Number?", "Two.")
    }

    private static func interrupted(_ driver: inout Driver) async throws {
        try await driver.create("talk", turns: earlier)
        try await driver.finish(driver.begin("talk", "Go on."), "I was about to sa", .interrupted)
        try await driver.finish(driver.begin("talk", "And?"), "The connection was c", .incomplete)
    }

    private static func parts(_ driver: inout Driver) async throws {
        try await driver.create("talk", turns: [earlier[0]])
        let first = try await driver.begin("talk", "A long story?")
        for part in ["Once", "Once upon", "Once upon a time"] { try await driver.keep(first, part) }
        try await driver.finish(first, "Once upon a time there was none.")
        let second = try await driver.begin("talk", "Another?")
        try await driver.keep(second, "There w")
        await driver.store.releaseTurn(second)
        try await driver.turn("talk", "Another?", "None.")
    }

    private static func retry(_ driver: inout Driver) async throws {
        try await driver.create("talk", turns: [earlier[0]])
        let first = try await driver.begin("talk", "A number?")
        try await driver.finish(first, "One.")
        let again = try await driver.begin("talk", "A number, please?", replacing: first.id)
        try await driver.finish(again, "Two.", replaces: true)
        try await driver.undo("talk", restoring: true)
        try await driver.redo("talk", swapping: true)
        try await driver.undo("talk", 3, restoring: true)
        try await driver.redo("talk", 3, swapping: true)
    }

    private static func takenUp(_ driver: inout Driver) async throws {
        try await driver.create("talk", turns: [earlier[0]])
        let first = try await driver.begin("talk", "Are you there?")
        await driver.store.releaseTurn(first)
        let same = try await driver.begin("talk", "Are you there?")
        await driver.store.releaseTurn(same)
        _ = try await driver.begin("talk", "Anybody?")
        try await driver.finish(driver.takeUp("talk", same.id), "Yes.")
    }

    private static func withdrawn(_ driver: inout Driver) async throws {
        try await driver.create("talk", turns: [earlier[0]])
        let held = try await driver.begin("talk", "Never mind.")
        let other = try await driver.begin("talk", "Nor this.")
        await driver.store.releaseTurn(other)
        try await driver.withdraw(held)
        try await driver.withdraw(other)
    }

    private static func undone(_ driver: inout Driver) async throws {
        try await driver.create("talk", turns: earlier)
        try await driver.undo("talk")
        try await driver.undo("talk")
        try await driver.redo("talk")
        try await driver.redo("talk")
        try await driver.undo("talk", 2)
        try await driver.redo("talk", 2)
        try await driver.undo("talk")
        try await driver.turn("talk", "Something else?", "As you like.")
    }

    private static func updated(_ driver: inout Driver) async throws {
        try await driver.create("talk", title: "Before", turns: earlier)
        try await driver.create("other", title: "Before")
        try await driver.update("talk", title: "After", system: "Be brief.")
        try await driver.update("talk", title: nil, system: "Be brief.")
        try await driver.update("talk", title: "After", system: nil)
    }

    private static func reset(_ driver: inout Driver) async throws {
        try await driver.create("talk", title: "Kept", turns: earlier)
        try await driver.create("other", turns: earlier)
        try await driver.undo("talk")
        await driver.store.releaseTurn(try await driver.begin("talk", "Never answered"))
        try await driver.reset("talk")
        try await driver.turn("talk", "A new start?", "Yes.")
    }

    private static func renamed(_ driver: inout Driver) async throws {
        try await driver.create("left", title: "Moves", turns: earlier)
        try await driver.create("other", turns: [earlier[0]])
        // There and back: the two locks are taken in both orders of the ids.
        try await driver.rename("left", to: "right")
        try await driver.rename("right", to: "left")
        try await driver.rename("left", to: "LEFT")
        try await driver.turn("LEFT", "Where am I?", "In capitals.")
    }

    private static func forked(_ driver: inout Driver) async throws {
        try await driver.create("talk", title: "Both", turns: earlier)
        await driver.store.releaseTurn(try await driver.begin("talk", "Not in the copy"))
        try await driver.fork("talk", as: "whole")
        try await driver.fork("talk", as: "part", turns: 1)
        try await driver.turn("part", "Another way?", "This one.")
    }

    private static func deleted(_ driver: inout Driver) async throws {
        try await driver.create("gone", turns: earlier)
        try await driver.create("kept", turns: earlier)
        await driver.store.releaseTurn(try await driver.begin("gone", "Never answered"))
        try await driver.delete("gone")
        try await driver.create("gone", title: "Another of that name")
        try await driver.delete("gone")
    }

    private static func pruned(_ driver: inout Driver) async throws {
        for id in ["old", "older", "oldest"] { try await driver.create(id, turns: [earlier[0]]) }
        try await driver.create("kept", turns: earlier)
        try await driver.prune(["old", "older", "oldest"], keeping: 1)
    }

    private static func linked(_ driver: inout Driver) async throws {
        try await driver.create("here", turns: earlier)
        try await driver.create("other")
        try await driver.turn("here", "Where to?", "There.")
        // The new name comes before the old one goes.
        try await driver.rename("here", to: "there", halves: [["there"]])
    }

    private static func failedSync(_ driver: inout Driver) async throws {
        try await driver.create("talk", turns: [earlier[0]])
        let lost = try await driver.begin("talk", "Was it saved?")
        try await driver.failing(isVisible: false) { try await $0.finish(lost, "No.") }
        let turn = try await driver.begin("talk", "Was it saved?")
        try await driver.failing(isVisible: true) { try await $0.finish(turn, "Who knows?") }
        // Saying the same again is how a program finds out.
        try await driver.change("finish again", ["talk"]) { _ in
        } body: { store in
            _ = try await store.finishTurn(turn, with: Answer("Who knows?"))
        }
        try await driver.failing(isVisible: true) { try await $0.update("talk", title: "New", system: nil) }
        try await driver.update("talk", title: "New", system: nil)
        try await driver.failing(isVisible: true) { try await $0.rename("talk", to: "moved") }
        try await driver.turn("moved", "And now?", "Now it is.")
    }

    private static func long(_ driver: inout Driver, answer length: Int) async throws {
        try await driver.create("long")
        let words = "Every byte of this counts; "
        let answer = String(repeating: words, count: length / words.utf8.count)
        try await driver.turn("long", "At length?", answer)
        if length < 100_000 { try await driver.turn("long", "And in short?", "No.") }
    }
}
