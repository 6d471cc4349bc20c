import TerminalText

/// The grapheme cluster at the end of the text, which the next scalar may continue.
struct Cluster {
    private var scalars = String.UnicodeScalarView()
    private var count = 0
    /// Its columns; 0 while it is empty.
    private(set) var width = 0
    /// The style of its first scalar, which a terminal uses for all.
    let style: TextStyle
    private let isASCII: Bool

    /// The most scalars, which bounds the work for each; no script needs more.
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

    /// Whether it has no scalars.
    var isEmpty: Bool { count == 0 }

    /// Its columns if a variation selector makes it an emoji.
    var largestWidth: Int {
        guard !isASCII, let scalar = scalars.first, scalar.properties.isEmoji else { return width }
        return 2
    }

    /// Whether a scalar continues the cluster (UAX #29); those below U+0300 never do.
    func isContinued(by scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300, count > 0, count < Self.longest else { return false }
        var longer = scalars
        longer.append(scalar)
        return String(longer).count == 1
    }

    /// Adds a scalar that continues it.
    ///
    /// - Returns: the number of columns that it has grown by.
    mutating func append(_ scalar: Unicode.Scalar) -> Int {
        scalars.append(scalar)
        count += 1
        let before = width
        width = max(before, DisplayWidth.of(Character(String(scalars))))
        return width - before
    }
}
