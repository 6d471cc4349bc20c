/// A signal that was caught.
package struct CaughtSignal: Sendable, Equatable {
    /// The signal's number.
    package let number: Int32
    /// Whether a key has sent it; true for all where the system doesn't tell (macOS).
    package let isFromKeyboard: Bool
}
