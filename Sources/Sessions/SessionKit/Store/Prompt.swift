/// A prompt that is about to be sent.
public struct Prompt: Hashable, Sendable {
    /// The words.
    public var content: Content
    /// The model it goes to.
    public var model: ModelReference?
    /// The last turn of the history, if this is another try at it.
    ///
    /// The new turn takes its place, and undoing the new one brings the old one back. If the history has gone on by
    /// the time of the answer, both stay; a turn that is not the last when the prompt is saved is replaced by nothing.
    public var replacing: TurnID?

    /// Makes a prompt.
    public init(_ content: Content, model: ModelReference? = nil, replacing: TurnID? = nil) {
        self.content = content
        self.model = model
        self.replacing = replacing
    }
}
