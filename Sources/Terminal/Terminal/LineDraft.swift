/// A text that is edited, as libedit holds it, and where it came from.
struct LineDraft: Equatable {
    /// The elements, of which each stands for a cluster (see `ClusterTable`).
    var elements: [WideCharacter] = []
    /// Where the beginning came from.
    var origin = LineOrigin.typed
    /// What was pasted or recalled last at the end; nothing if it was typed.
    var insertedEnd: [WideCharacter] = []

    /// Whether the last character was typed.
    var isEndTyped: Bool { insertedEnd.isEmpty || !elements.suffix(insertedEnd.count).elementsEqual(insertedEnd) }
}
