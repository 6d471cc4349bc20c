import SessionKit
import Testing
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Rules about pruning, and about many turns at once.
extension SessionStoreContract {
    /// Makes sessions `a` to `e`, a minute apart.
    private func makeFive() async throws {
        for name in ["a", "b", "c", "d", "e"] {
            clock.advance(by: 60)
            _ = try await makeSession(name)
        }
    }

    private func prune(_ criteria: PruneCriteria, dryRun: Bool = false) async throws -> [String] {
        try await store.prune(criteria, dryRun: dryRun).removed.map(\.id.rawValue)
    }

    static let pruning: [Rule] = [
        Rule("prune removes by age") { it in
            try await it.makeFive()
            let limit = it.clock.now().addingTimeInterval(-150)
            #expect(try await Set(it.prune(PruneCriteria(usedBefore: limit))) == ["a", "b"])
            #expect(try await it.listed() == ["e", "d", "c"])
        },
        Rule("prune keeps so many of those used last") { it in
            try await it.makeFive()
            #expect(try await Set(it.prune(PruneCriteria(keep: 2))) == ["a", "b", "c"])
            #expect(try await it.listed() == ["e", "d"])
            #expect(try await it.prune(PruneCriteria(keep: 2)).isEmpty)
            #expect(try await Set(it.prune(PruneCriteria(keep: 0))) == ["d", "e"])
        },
        Rule("prune by both removes what meets either, by neither nothing") { it in
            try await it.makeFive()
            #expect(try await it.prune(PruneCriteria()).isEmpty)
            let limit = it.clock.now().addingTimeInterval(-210)
            #expect(try await Set(it.prune(PruneCriteria(usedBefore: limit, keep: 3))) == ["a", "b"])
            #expect(
                try await Set(it.prune(PruneCriteria(usedBefore: it.clock.now().addingTimeInterval(-30), keep: 3))) == [
                    "c", "d",
                ])
        },
        Rule("prune leaves alone those it is to spare") { it in
            try await it.makeFive()
            let removed = try await it.prune(PruneCriteria(keep: 1, sparing: [SessionID("a")]))
            #expect(Set(removed) == ["b", "c", "d"])
            #expect(try await it.listed() == ["e", "a"])
        },
        Rule("prune spares a session with a live turn and says so; an abandoned one does not save it") { it in
            try await it.makeFive()
            let live = try await it.other.beginTurn(in: SessionID("a"), Prompt("Hello"))
            await it.store.releaseTurn(try await it.store.beginTurn(in: SessionID("b"), Prompt("Hello")))
            let report = try await it.store.prune(PruneCriteria(keep: 0), dryRun: false)
            #expect(Set(report.removed.map(\.id.rawValue)) == ["b", "c", "d", "e"])
            #expect(report.spared.map(\.id.rawValue) == ["a"] && report.failed.isEmpty)
            _ = try await it.other.finishTurn(live, with: Answer("Hi"))
            #expect(try await it.listed() == ["a"])
        },
        Rule("a dry run names what would go and removes nothing") { it in
            try await it.makeFive()
            _ = try await it.other.beginTurn(in: SessionID("a"), Prompt("Hello"))
            let report = try await it.store.prune(PruneCriteria(keep: 0), dryRun: true)
            #expect(Set(report.removed.map(\.id.rawValue)) == ["b", "c", "d", "e"])
            #expect(report.spared.map(\.id.rawValue) == ["a"])
            #expect(try await it.listed().count == 5)
        },
    ]

    static let concurrency: [Rule] = [
        Rule("of twice a hundred turns at once in one session, each is whole and none is lost") { it in
            let id = try await it.makeSession()
            let stores = [("left", it.store), ("right", it.other)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (name, store) in stores {
                    group.addTask {
                        for number in 1...100 {
                            let open = try await store.beginTurn(in: id, Prompt("\(name) \(number)"))
                            _ = try await store.finishTurn(open, with: Answer("re: \(name) \(number)"))
                        }
                    }
                }
                group.addTask {
                    for _ in 1...50 {
                        let read = try await it.other.read(id, .all)
                        #expect(read.turns.allSatisfy { $0.messages.map(\.role) == [.user, .assistant] })
                        #expect(read.session.summary.messageCount == read.messages.count)
                    }
                }
                try await group.waitForAll()
            }
            let read = try await it.store.read(id, .all)
            #expect(read.session.pending.isEmpty && read.messages.count == 400)
            for (name, _) in stores {
                let own = read.turns.filter { $0.prompt?.content.text.hasPrefix(name) ?? false }
                #expect(own.map(\.prompt?.content) == (1...100).map { "\(name) \($0)" })
                #expect(own.map(\.answer?.content) == (1...100).map { "re: \(name) \($0)" })
            }
        },
        Rule("of many that make the same session at once, one succeeds") { it in
            let id = try SessionID("demo")
            let made = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<16 {
                    let store = number.isMultiple(of: 2) ? it.store : it.other
                    group.addTask {
                        (try? await store.create(id, title: "\(number)", settings: SessionSettings())) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
        },
        Rule("of many that change a session from the same revision at once, one succeeds") { it in
            let id = try await it.makeSession()
            let changed = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<16 {
                    let store = number.isMultiple(of: 2) ? it.store : it.other
                    group.addTask { (try? await store.update(id, ifRevision: 1, [.title("\(number)")])) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(changed == 1)
            #expect(try await it.session(id).summary.revision == 2)
        },
    ]
}
