import SessionKit

/// Settings as they stand in a document, with what is needed to write them again byte for byte.
package struct SettingsRecord {
    /// What they say.
    var settings = SessionSettings()
    /// The members that this version knows, by name.
    var members: [String: JSONMember] = [:]
    /// Members that this version does not know.
    var extras: [JSONMember] = []
    /// Where the whole object stands; nil if there is none.
    var range: Range<Int>?
}
