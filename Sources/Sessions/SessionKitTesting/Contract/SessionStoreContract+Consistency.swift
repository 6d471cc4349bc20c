import SessionKit
import Testing

/// Rules that a prototype in SQL broke while it kept all others.
extension SessionStoreContract {
    static let consistency: [Rule] = [
        Rule("sessions used in the same millisecond are listed by the bytes of their ids, page by page") { it in
            let names = ["b", "B2", "a", "a.b", "a-b", "Z", "a_b", "10", "9", "ab"]
            for name in names { _ = try await it.makeSession(name) }
            let ordered = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            #expect(try await it.listed() == ordered)
            var paged: [String] = []
            for offset in stride(from: 0, to: names.count, by: 3) {
                let page = try await it.other.summaries(offset: offset, limit: 3)
                #expect(page.total == names.count)
                paged += page.entries.map(\.id.rawValue)
            }
            #expect(paged == ordered)
        },
        Rule("an id in another case is no session, for every intent") { it in
            let id = try await it.makeSession("Ticket")
            try await it.addTurn("one", to: id)
            let open = try await it.store.beginTurn(in: id, Prompt("two"))
            let before = try await it.other.read(id, .all)
            let other = try SessionID("ticket")
            let attempts: [(Comment, () async throws -> Void)] = [
                ("read", { _ = try await it.store.read(other, .all) }),
                ("beginTurn", { _ = try await it.store.beginTurn(in: other, Prompt("x")) }),
                ("takeUp", { _ = try await it.store.takeUp(open.id, in: other, model: nil) }),
                ("withdrawTurn", { try await it.store.withdrawTurn(open.id, in: other) }),
                ("update", { _ = try await it.store.update(other, ifRevision: nil, [.title("x")]) }),
                ("undo", { _ = try await it.store.undo(1, in: other) }),
                ("redo", { _ = try await it.store.redo(1, in: other) }),
                ("fork", { _ = try await it.store.fork(other, as: SessionID("copy"), through: nil) }),
                ("rename", { _ = try await it.store.rename(other, to: SessionID("named")) }),
                ("reset", { _ = try await it.store.reset(other) }),
                ("delete", { try await it.store.delete(other) }),
            ]
            for (name, attempt) in attempts { await it.expect(.notFound, name) { try await attempt() } }
            #expect(try await it.other.read(id, .all) == before)
        },
        Rule("what is read is one moment: the summary's counts are those of what comes with it") { it in
            let id = try await it.makeSession()
            try await it.addTurn("one", to: id)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for number in 1...40 {
                        try await it.addTurn("\(number)", to: id)
                        try await it.undo(in: id)
                        if number.isMultiple(of: 10) { _ = try await it.store.reset(id) }
                    }
                }
                group.addTask {
                    for _ in 1...120 {
                        let read = try await it.other.read(id, .all)
                        #expect(read.session.summary.messageCount == read.messages.count)
                        #expect(read.session.summary.pendingCount == read.session.pending.count)
                        let answered = Set(read.messages.map(\.turn))
                        #expect(answered.isDisjoint(with: read.session.pending.map(\.turn)))
                    }
                }
                try await group.waitForAll()
            }
        },
    ]
}
