import TerminalText

/// The grapheme cluster at the end of the text, which the next scalar may still belong to.
struct Cluster {
    private var scalars = String.UnicodeScalarView()
    private var count = 0
    /// The columns it takes; 0 while it is empty.
    private(set) var width = 0
    /// The style of its first scalar, and so of all: a terminal draws a cluster in one.
    let style: TextStyle
    private let isASCII: Bool

    /// More scalars than this are no writing but an attempt to overflow; it bounds the work for each.
    private static let longest = 32

    init() {
        style = .plain
        isASCII = true
    }

    init(_ scalar: Unicode.Scalar, _ style: TextStyle) {
        self.style = style
        isASCII = scalar.isASCII
        scalars.append(scalar)
        count = 1
        width = isASCII ? 1 : DisplayWidth.of(Character(scalar))
    }

    /// Whether it has no scalar.
    var isEmpty: Bool { count == 0 }

    /// The columns it takes at most, when a variation selector makes it an emoji.
    var largestWidth: Int {
        guard !isASCII, let scalar = scalars.first, scalar.properties.isEmoji else { return width }
        return 2
    }

    /// Whether a scalar belongs to the cluster (UAX #29); those below U+0300 never do.
    func isContinued(by scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300, count > 0, count < Self.longest else { return false }
        var longer = scalars
        longer.append(scalar)
        return String(longer).count == 1
    }

    /// Adds a scalar that belongs to it.
    ///
    /// - Returns: by how many columns it has become wider.
    mutating func append(_ scalar: Unicode.Scalar) -> Int {
        scalars.append(scalar)
        count += 1
        let before = width
        width = max(before, DisplayWidth.of(Character(String(scalars))))
        return width - before
    }
}
