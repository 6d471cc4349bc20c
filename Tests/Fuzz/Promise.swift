/// What has to hold for every input.
enum Promise {
    /// Ends the process if it does not, saying what was promised: in a release `precondition` says nothing.
    static func holds(
        _ condition: Bool, _ promise: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
    ) {
        if !condition { fatalError("broken promise: \(promise())", file: file, line: line) }
    }
}
