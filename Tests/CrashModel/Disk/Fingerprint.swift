/// Hashes of what files may hold, for telling states apart: FNV-1a's step, byte by byte, so that those of all beginnings
/// of a file come from one pass.
struct Fingerprint {
    private let file: FileNode
    private let beginnings: [UInt64]

    /// Makes the hashes of a file.
    init(_ file: FileNode) {
        self.file = file
        var hash = Self.seed
        var beginnings = [hash]
        beginnings.reserveCapacity(file.current.count + 1)
        for byte in file.current {
            hash = Self.adding(UInt64(byte), to: hash)
            beginnings.append(hash)
        }
        self.beginnings = beginnings
    }

    /// The hash of what is left.
    subscript(remainder: Remainder) -> UInt64 {
        switch remainder {
        case .cut(let length): beginnings[length]
        case .zeros(let place, let length): Self.mixed(UInt64(length - place), into: beginnings[place])
        case .old where !file.isDirty: beginnings[file.current.count]
        case .old, .overOld, .blocks: Self.hash(file.bytes(remainder))
        }
    }

    /// What every hash begins with.
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Takes a byte in.
    static func adding(_ value: UInt64, to hash: UInt64) -> UInt64 { (hash ^ value) &* 0x0100_0000_01B3 }

    /// Takes a number in that has more than a byte (MurmurHash3's finalizer spreads it).
    static func mixed(_ value: UInt64, into hash: UInt64) -> UInt64 {
        var mixed = hash &* 0x9E37_79B9_7F4A_7C15 &+ value
        mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
        return mixed ^ mixed >> 33
    }

    /// The hash of bytes.
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(seed) { adding(UInt64($1), to: $0) } }
}
