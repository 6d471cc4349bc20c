import SessionKit
import SessionSQL

/// What went wrong between this program and a PostgreSQL server.
enum PostgreSQLFailure: Error, CustomStringConvertible {
    /// The server refused a statement: its SQLSTATE (PostgreSQL, appendix A) and its words.
    case refused(state: String, words: String)
    /// There is no connection, or none any more.
    case lost(words: String)
    /// There was no answer in time.
    case silent
    /// The wait was given up.
    case cancelled

    var description: String {
        switch self {
        case .refused(let state, let words): "\(words) [\(state)]"
        case .lost(let words): words
        case .silent: "no answer in time"
        case .cancelled: "the wait was cancelled"
        }
    }

    /// Whether doing the whole change again may go well: a serialization failure, a deadlock.
    var isCollision: Bool {
        if case .refused(let state, _) = self { ["40001", "40P01"].contains(state) } else { false }
    }

    /// Whether another made the same key meanwhile, which the change finds when it runs again.
    var isTaken: Bool {
        if case .refused("23505", _) = self { true } else { false }
    }

    /// Whether the server is about to be there.
    var isStarting: Bool {
        if case .refused("57P03", _) = self { true } else { false }
    }

    /// Whether the connection is of no use any more.
    var isDisconnection: Bool {
        switch self {
        case .lost, .silent, .cancelled: true
        case .refused: false
        }
    }

    /// Makes a failure of a server's words: those that end the connection leave open what became of a commit.
    init(state: String, words: String, isOpen: Bool) {
        // Class 57P is the server going down, 08 a broken connection, 25P03 a transaction that was ended for its silence.
        let ends = state.hasPrefix("57P") || state.hasPrefix("08") || state.hasPrefix("25P0") || !isOpen
        self = ends && state != "57P03" ? .lost(words: words) : .refused(state: state, words: words)
    }

    /// Makes a failure of what libpq says of a connection that could not be made.
    ///
    /// - Parameter text: its words; behind the severity stands the SQLSTATE if they are the server's.
    init(connecting text: String) {
        let line = text.split(separator: "\n").first.map(String.init) ?? "no reason was given"
        for part in line.split(separator: ":").map({ $0.drop(while: { $0 == " " }) }) {
            let isState = part.utf8.count == 5 && part.allSatisfy { $0.isASCII && ($0.isNumber || $0.isUppercase) }
            if isState, part.contains(where: \.isNumber), let place = line.firstRange(of: "\(part): ") {
                self = .refused(state: String(part), words: String(line[place.upperBound...].drop { $0 == " " }))
                return
            }
        }
        // libpq tells failures of TLS in words alone, its own or those of the TLS library.
        let isDistrust = line.contains("certificate") || line.contains("SSL")
        self = isDistrust ? .refused(state: Self.distrust, words: line) : .lost(words: line)
    }

    /// Where a server's SQLSTATE would stand, if the server is one that is not trusted; no SQLSTATE has an underscore.
    private static let distrust = "_TLS_"

    /// The error that a store throws.
    ///
    /// - Parameters:
    ///   - name: the database, as it is shown.
    ///   - isChange: whether it was to be changed.
    func error(of name: String, isChange: Bool) -> SessionError {
        if case .cancelled = self { return SQLCancellation.error(name) }
        let end = isChange ? " NOT SAVED." : ""
        func error(_ code: SessionError.Code, _ words: String) -> SessionError {
            SessionError(code, words + end, cause: self)
        }
        guard case .refused(let state, let words) = self else {
            return error(
                .storeUnreachable, "\(name) can't be reached; check that the server runs and the network is up.")
        }
        switch state {
        case Self.distrust:
            return error(
                .storeRefused,
                "There is no trusted connection to \(name); check its certificate, and name the authority that signed it with "
                    + "sslrootcert=FILE.")
        case "28P01", "28000":
            return error(.storeRefused, "\(name) refused the user or the password; check the URL and ~/.pgpass.")
        case "42501":
            return error(.storeRefused, "\(name) does not let this user at the sessions; run 'sesh store init'.")
        case "3D000": return error(.storeMisconfigured, "There is no such database: \(name); make it with createdb.")
        case "42P01", "3F000", "42883", "42703":
            return error(.storeMisconfigured, "\(name) has no tables for sessions; run 'sesh store init'.")
        case "25006":
            return error(.storeMisconfigured, "\(name) is a read-only replica; give the address of the primary.")
        case "53100": return error(isChange ? .notSaved : .unreadable, "The disk of \(name) is full.")
        case "53300", "53400", "57P03":
            return error(.busy, "\(name) takes no more connections now; try again later.")
        case "55P03", "57014":
            return error(.busy, "\(name) was too busy to answer in time; try again later.")
        case "40001", "40P01":
            return error(.busy, "Others kept changing the same sessions in \(name); try again.")
        default:
            return error(isChange ? .notSaved : .unreadable, "\(name) refused a statement: \(words).")
        }
    }
}
