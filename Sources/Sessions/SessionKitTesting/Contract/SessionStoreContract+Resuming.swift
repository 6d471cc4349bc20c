import SessionKit
import Testing
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Rules about sessions that go on only if they were used lately.
extension SessionStoreContract {
    static let resuming: [Rule] = [
        Rule("resume goes on with a session that was used since, and makes one that is missing") { it in
            let id = try SessionID("support")
            let made = try await it.store.resume(id, usedSince: it.clock.now())
            #expect(made.isNew && made.former == nil && made.session.summary.messageCount == 0)
            try await it.addTurn("Hello", to: id)
            it.clock.advance(by: 60)
            let again = try await it.other.resume(id, usedSince: it.clock.now().addingTimeInterval(-61))
            #expect(!again.isNew && again.former == nil && again.session.summary.messageCount == 2)
            #expect(try await it.listed() == ["support"])
        },
        Rule("resume gives an old session the name of its last use and begins anew with its settings") { it in
            let id = try await it.makeSession("support", title: "Old", settings: SessionSettings(system: "Be brief."))
            try await it.addTurn("Hello", to: id)
            let old = try await it.store.read(id, .all)
            it.clock.advance(by: 86_401)
            let limit = it.clock.now().addingTimeInterval(-86_400)
            let resumed = try await it.store.resume(id, usedSince: limit)
            let former = try #require(resumed.former)
            let pattern = try Regex(#"support-\d{8}-\d{4}"#)
            #expect(former.rawValue.wholeMatch(of: pattern) != nil, "\(former)")
            #expect(resumed.isNew && resumed.session.id == id && resumed.session.summary.messageCount == 0)
            #expect(resumed.session.settings.system == "Be brief." && resumed.session.summary.title == nil)
            #expect(resumed.session.summary.createdAt == Timestamp.rounded(it.clock.now()))
            let kept = try await it.other.read(former, .all)
            #expect(kept.messages == old.messages && kept.session.summary.title == "Old")
            #expect(kept.session.summary.updatedAt == old.session.summary.updatedAt)
            #expect(try await it.other.read(id, .all).session == resumed.session)
            #expect(try await it.other.resume(id, usedSince: limit).isNew == false)
        },
        Rule("resume numbers a name that is taken") { it in
            for number in 1...3 {
                let id = try await it.makeSession("support")
                try await it.addTurn("Hello \(number)", to: id)
                let limit = it.clock.now().addingTimeInterval(1)
                let former = try #require(try await it.store.resume(id, usedSince: limit).former?.rawValue)
                #expect(number == 1 ? former.count == "support-20260101-0000".count : former.hasSuffix("-\(number)"))
                try await it.store.delete(id)
            }
            #expect(try await it.store.ids().count == 3)
        },
        Rule("resume goes on with an old session while an answer is awaited in it") { it in
            let id = try await it.makeSession("support")
            let open = try await it.other.beginTurn(in: id, Prompt("Hello"))
            it.clock.advance(by: 100)
            let resumed = try await it.store.resume(id, usedSince: it.clock.now())
            #expect(!resumed.isNew && resumed.session.pending.map(\.state) == [.live])
            _ = try await it.other.finishTurn(open, with: Answer("Hi"))
        },
        Rule("resume refuses an id that would be too long with a time") { it in
            let id = try await it.makeSession(String(repeating: "a", count: 120))
            await it.expect(.invalidID, "resume under a long id") {
                try await it.store.resume(id, usedSince: it.clock.now().addingTimeInterval(1))
            }
            #expect(try await it.listed() == [id.rawValue])
        },
        Rule("resumed by many at once, an old session begins anew once") { it in
            let id = try await it.makeSession("support")
            try await it.addTurn("Hello", to: id)
            it.clock.advance(by: 100)
            let limit = it.clock.now().addingTimeInterval(-50)
            let results = try await withThrowingTaskGroup(of: ResumedSession.self) { group in
                for number in 0..<8 {
                    let store = number.isMultiple(of: 2) ? it.store : it.other
                    group.addTask { try await store.resume(id, usedSince: limit) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0.isNew } == 1)
            #expect(try await it.store.ids().count == 2)
        },
    ]
}
