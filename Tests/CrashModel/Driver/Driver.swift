import SessionKitTesting
import Foundation
import SeshTestSupport
import SessionFiles
import SessionKit

/// Changes sessions in the real store, and marks in the log of system calls what the disk may hold from then on.
struct Driver {
    /// The name of the first mark.
    static let start = "start"

    /// The store.
    let store: JSONDirectoryStore
    /// What the files hold as long as the power stays.
    private(set) var world: World
    /// What a disk may hold after a power cut now.
    private var allowed: [World]
    private let part: Int?
    /// While the disk is made to fail: whether programs see the change nevertheless.
    private var isVisibleIfItFails: Bool?
    private let clock = SettableClock()

    /// Makes a driver.
    ///
    /// - Parameters:
    ///   - path: the sessions directory.
    ///   - world: what is in it.
    ///   - allowed: what a power cut may leave of it.
    ///   - part: which recovery this is, if it is one.
    init(_ path: String, world: World = World(), allowed: [World] = [World()], part: Int? = nil) {
        store = JSONDirectoryStore(path: path, now: clock.now)
        self.world = world
        self.allowed = allowed
        self.part = part
    }

    /// Makes a change between two marks.
    ///
    /// - Parameters:
    ///   - name: what it is called in a report.
    ///   - ids: the sessions it touches. What is acknowledged is about them; another may still be as it was.
    ///   - halves: sets of sessions that may show the change before the others do, where it isn't one write.
    ///   - expect: makes of the world before what it is afterwards.
    ///   - body: the change itself.
    /// - Returns: what the body returns.
    @discardableResult
    mutating func change<Result>(
        _ name: String, _ ids: [String], halves: [[String]] = [], expect: (inout World) -> Void,
        body: (JSONDirectoryStore) async throws -> Result
    ) async throws -> Result {
        clock.advance(by: 1)
        var next = world
        expect(&next)
        let after = allowed.map { $0.taking(ids, from: next) }
        let between = halves.flatMap { half in allowed.map { $0.taking(half, from: next) } }
        try say(name, isDone: false, allowed + between + after)
        do {
            let result = try await body(store)
            world = next
            allowed = Array(Set(after))
            try say(name, isDone: true, allowed)
            return result
        } catch let error as SessionError where error.code == .notSaved {
            guard let isVisible = isVisibleIfItFails else { throw error }
            if isVisible { world = next }
            allowed = Array(Set(allowed + after))
            throw ExpectedFailure()
        }
    }

    /// Makes a change in which the disk fails: it may be there after a power cut or not, and is not acknowledged.
    ///
    /// - Parameters:
    ///   - isVisible: whether programs see it nevertheless.
    ///   - body: makes the change.
    mutating func failing(isVisible: Bool, _ body: (inout Driver) async throws -> Void) async throws {
        isVisibleIfItFails = isVisible
        defer { isVisibleIfItFails = nil }
        do {
            try await body(&self)
        } catch is ExpectedFailure {
            return
        }
        throw CrashModelError("A change was acknowledged although the disk had failed.")
    }

    /// Says what may be on the disk before anything is changed.
    func begin() throws { try say(Self.start, isDone: true, allowed) }

    private func say(_ name: String, isDone: Bool, _ worlds: [World]) throws {
        let mark = Mark(change: name, isDone: isDone, part: part, worlds: Array(Set(worlds.map(\.settled))))
        // One call of write(2) is one entry of the log; the standard library's streams would not be seen.
        let bytes = try JSONEncoder().encode(mark)
        let written = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw CocoaError(.fileWriteUnknown) }
    }
}
