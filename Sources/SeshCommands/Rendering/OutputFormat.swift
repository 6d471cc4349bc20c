/// How a command's result is written.
///
/// One switch over it per result, so that a new form is a compile error there.
package enum OutputFormat: Sendable {
    /// For people; columns and colours depend on where it goes.
    case text
    /// One JSON document.
    case json
}
