/// Where the beginning of the text that is edited came from.
enum LineOrigin: Equatable {
    /// From keys, one by one.
    case typed
    /// From the clipboard: it is never a command.
    case pasted
    /// From the history.
    case recalled
}
