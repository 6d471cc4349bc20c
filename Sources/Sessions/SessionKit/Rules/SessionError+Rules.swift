/// The errors that the rules of `SessionStore` call for, worded once for every store.
extension SessionError {
    /// There is no such session.
    public static func noSession(_ id: SessionID) -> SessionError {
        SessionError(.notFound, "There is no session '\(id)'.")
    }

    /// The history has no such turn.
    public static func noTurn(_ turn: TurnID, in id: SessionID) -> SessionError {
        SessionError(.notFound, "Session '\(id)' has no turn \(turn).")
    }

    /// No prompt of this turn waits for an answer.
    public static func notPending(_ turn: TurnID, in id: SessionID) -> SessionError {
        SessionError(.notFound, "Session '\(id)' has no unanswered prompt \(turn).")
    }

    /// The id is taken.
    public static func taken(_ id: SessionID) -> SessionError {
        SessionError(.alreadyExists, "There is a session '\(id)' already; choose another id.")
    }

    /// A file system that folds case would make one file of the two ids.
    public static func sameButForCase(_ id: SessionID, as existing: SessionID) -> SessionError {
        SessionError(
            .invalidID, "'\(id)' differs from the session '\(existing)' only by case; use that one or another id.")
    }

    /// Somebody waits for the answer to this prompt.
    public static func liveTurn(_ turn: TurnID, in id: SessionID) -> SessionError {
        SessionError(
            .busy, "A prompt in session '\(id)' waits for its answer (turn \(turn)); try again when it has come.")
    }

    /// The prompt that would license the commit is gone or belongs to somebody else.
    public static func unlicensed(_ turn: TurnID, in id: SessionID) -> SessionError {
        SessionError(
            .notSaved,
            "The answer was NOT SAVED: session '\(id)' was reset or deleted, or its prompt withdrawn or let go, "
                + "before the answer came (turn \(turn)).")
    }

    /// The session could not be changed when the answer came.
    public static func unfinished(
        _ turn: TurnID, in id: SessionID, because cause: any Error
    ) -> SessionError {
        SessionError(
            .notSaved, "The answer was NOT SAVED: session '\(id)' could not be changed (turn \(turn)).", cause: cause)
    }

    /// The session was written since the caller read it.
    public static func movedOn(_ id: SessionID, from expected: Int, to actual: Int) -> SessionError {
        SessionError(
            .conflict,
            "Session '\(id)' has changed (revision \(actual), not \(expected)); read it again and repeat the change.")
    }

    /// A role that this version can't send to a model.
    public static func unknownRole(_ role: Role, in id: SessionID) -> SessionError {
        SessionError(
            .notContinuable,
            "Session '\(id)' has a message of the kind '\(role.rawValue)', which this version can show but not "
                + "continue; use a newer version, or fork the session through an earlier turn.")
    }

    /// There are fewer turns to take back than were asked for.
    public static func tooFewToUndo(_ found: Int, of count: Int, in id: SessionID) -> SessionError {
        if found == 0, count > 0 { return SessionError(.nothingToDo, "Session '\(id)' has no turn to take back.") }
        return tooFew(found, of: count, "taken back", in: id)
    }

    /// There are fewer turns to restore than were asked for.
    public static func tooFewToRedo(_ found: Int, of count: Int, in id: SessionID) -> SessionError {
        if found == 0, count > 0 {
            return SessionError(
                .nothingToDo,
                "Session '\(id)' has no turn to restore: none was taken back, or the history has gone on.")
        }
        return tooFew(found, of: count, "restored", in: id)
    }

    private static func tooFew(_ found: Int, of count: Int, _ done: String, in id: SessionID) -> SessionError {
        guard count > 0 else { return SessionError(.nothingToDo, "\(count) turns can't be \(done).") }
        return SessionError(
            .nothingToDo,
            "Only \(found) turn\(found == 1 ? "" : "s") of session '\(id)' can be \(done), not \(count): none was.")
    }
}
