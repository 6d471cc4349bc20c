#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionKit

@testable import SessionFiles
@testable import SessionJSON

/// Documents, read and written without a file.
enum FuzzDocument {
    static let id: SessionID = {
        guard let id = try? SessionID("fuzz") else { fatalError("'fuzz' is an id") }
        return id
    }()
    static let modified = Date(timeIntervalSince1970: 0)

    static func read(_ bytes: [UInt8]) -> SessionDocument? {
        do throws(DocumentFlaw) {
            return try SessionDocument(bytes, id: id, modified: modified)
        } catch {
            // The place of an error is one that the text has.
            let place = error.flaw.place(in: bytes)
            Promise.holds(
                place.line >= 1 && place.column >= 1 && error.flaw.offset <= bytes.count,
                "an error has a place in the text")
            return nil
        }
    }

    static func messages(of document: SessionDocument) -> [Message] {
        guard let messages = try? document.messages(document.messages) else {
            fatalError("a message was read once only")
        }
        return messages
    }

    static func written(_ document: SessionDocument) -> [UInt8] {
        var document = document
        var bytes: [UInt8] = []
        let lines = SummaryLine.encode(&document)
        guard (try? document.write(firstLines: lines) { bytes += $0 }) != nil else { fatalError("it can't be written") }
        return bytes
    }
}
