import SessionJSON
public import SessionKit
import Synchronization

extension JSONDirectoryStore {
    /// Saves a prompt as pending and takes the turn for this process.
    public func beginTurn(in id: SessionID, _ prompt: Prompt) async throws -> OpenTurn {
        try await changing([id], of: id) { [self] folder, locks in
            var document = try settledDocument(of: id, in: folder, locks)
            var abandoned: Set<TurnID> = []
            // A claim that can't be looked at is left alone: it stands in the way of its own prompt only.
            for record in document.pending where (try? TurnLease.sweep(record.prompt.turn, in: locks.folder)) ?? false {
                abandoned.insert(record.prompt.turn)
            }
            let begun = try SessionRules.begin(prompt, in: document, at: now()) { !abandoned.contains($0) }
            return try saveTaking(begun, &document, folder, locks)
        }
    }

    /// Takes an abandoned prompt up again.
    public func takeUp(_ turn: TurnID, in id: SessionID, model: ModelReference?) async throws -> OpenTurn {
        try await changing([id], of: id) { [self] folder, locks in
            var document = try settledDocument(of: id, in: folder, locks)
            let content = document.pending.first { $0.prompt.turn == turn }?.prompt.content ?? ""
            let begun = try SessionRules.takeUp(turn, content, for: model, in: document, at: now()) {
                try TurnLease.isLive($0, in: locks)
            }
            return try saveTaking(begun, &document, folder, locks)
        }
    }

    /// Takes a turn's lease, then writes the document; the lease is kept if that works.
    private func saveTaking(
        _ begun: BegunTurn, _ document: inout SessionDocument, _ folder: borrowing SessionFolder,
        _ locks: borrowing HeldLocks
    ) throws -> OpenTurn {
        let turn = document.begin(begun)
        guard let lease = try TurnLease.take(turn.id, in: locks.folder) else {
            throw SessionError.liveTurn(turn.id, in: turn.session)
        }
        do {
            try Self.save(&document, in: folder, under: locks, at: now())
        } catch {
            lease.end(in: locks.folder)
            throw error
        }
        leases.withLock { $0[turn.place] = lease }
        return turn
    }

    /// Puts a prompt and its answer into the history in one step and lets the turn go.
    public func finishTurn(_ turn: OpenTurn, with answer: Answer) async throws -> Turn {
        do {
            let finished = try await changing([turn.session], of: turn.session) { [self] folder, locks in
                try finish(turn, with: answer, folder, locks)
            }
            return finished
        } catch {
            await releaseTurn(turn)
            switch (error as? SessionError)?.code {
            case .notSaved: throw error
            case .notFound: throw SessionError.unlicensed(turn.id, in: turn.session)
            default: throw SessionError.unfinished(turn.id, in: turn.session, because: error)
            }
        }
    }

    private func finish(
        _ turn: OpenTurn, with answer: Answer, _ folder: borrowing SessionFolder, _ locks: borrowing HeldLocks
    ) throws -> Turn {
        var document = try settledDocument(of: turn.session, in: folder, locks)
        let finished: Turn
        if let done = try document.turn(turn.id) {
            // It may be there because only the sync of the directory failed the first time.
            try AtomicReplacement.synchronize(folder, after: "The answer (turn \(turn.id)) was written")
            finished = done
        } else {
            let now = now()
            let isHeld = leases.withLock { $0[turn.place] != nil }
            finished = try document.finish(turn, with: answer, isHeld: isHeld, at: now)
            try Self.save(&document, in: folder, under: locks, at: now)
        }
        leases.withLock { $0.removeValue(forKey: turn.place) }?.end(in: locks.folder)
        return finished
    }

    /// Keeps a part of an answer that is still arriving.
    public func keepPartial(_ partial: PartialAnswer, of turn: OpenTurn) async throws {
        try await changing([turn.session], of: turn.session) { [self] folder, locks in
            var document = try Self.writableDocument(of: turn.session, in: folder)
            let isHeld = leases.withLock { $0[turn.place] != nil }
            try document.keep(partial, of: turn, isHeld: isHeld)
            try Self.save(&document, in: folder, under: locks, at: nil)
        }
    }

    /// Lets a turn go without an answer.
    public func releaseTurn(_ turn: OpenTurn) async {
        guard let lease = leases.withLock({ $0.removeValue(forKey: turn.place) }) else { return }
        // The lock goes with the lease, whether or not its file can be removed.
        _ = try? await reading(turn.session.stripe) { folder in
            if let locks = try folder.existingLocks() { lease.end(in: locks) }
        }
    }

    /// Removes a pending prompt that is abandoned or held by this store.
    public func withdrawTurn(_ turn: TurnID, in id: SessionID) async throws {
        try await changing([id], of: id) { [self] folder, locks in
            var document = try settledDocument(of: id, in: folder, locks)
            let isHeld = leases.withLock { $0[TurnPlace(turn, in: id)] != nil }
            try SessionRules.withdraw(turn, in: document, isHeld: isHeld) { try TurnLease.isLive($0, in: locks) }
            document.removePending(turn)
            try Self.save(&document, in: folder, under: locks, at: now())
            leases.withLock { $0.removeValue(forKey: TurnPlace(turn, in: id)) }?.end(in: locks.folder)
        }
    }
}
