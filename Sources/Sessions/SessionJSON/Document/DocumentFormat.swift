/// The name and version that a session document begins with.
package struct DocumentFormat: Hashable {
    /// The format that this version writes.
    package static let current = DocumentFormat(version: 1)

    private static let prefix = "sesh.session/"

    /// Its version, 1 or more.
    package var version: Int

    /// The name as it stands in a file.
    package var name: String { Self.prefix + String(version) }

    /// Whether only a later version of the program can write it.
    package var isNewer: Bool { version > Self.current.version }

    /// Takes a version.
    init(version: Int) { self.version = version }

    /// Reads a name.
    ///
    /// - Returns: nil if it is not a session document's.
    init?(_ name: String) {
        guard name.hasPrefix(Self.prefix), let version = Int(name.dropFirst(Self.prefix.count)), version > 0,
            name == DocumentFormat(version: version).name
        else { return nil }
        self.version = version
    }
}

/// Why bytes are not a session document.
package struct DocumentFlaw: Error {
    /// What is wrong, and where.
    package var flaw: JSONFlaw
    /// Whether they claim a format that only a later version knows.
    package var isNewer: Bool
}
