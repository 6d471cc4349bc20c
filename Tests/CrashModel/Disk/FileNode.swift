/// A file: the bytes that would survive a power cut, and those that programs see.
struct FileNode: Sendable {
    /// What is on the medium.
    private(set) var durable: [UInt8] = []
    /// What programs see.
    private(set) var current: [UInt8] = []
    /// Whether the two may differ.
    private(set) var isDirty = false
    /// Where the last write began.
    private(set) var lastWrite = 0

    /// Writes bytes somewhere.
    mutating func write(_ bytes: [UInt8], at place: Int) {
        if current.count < place { current += [UInt8](repeating: 0, count: place - current.count) }
        current.replaceSubrange(place..<min(current.count, place + bytes.count), with: bytes)
        lastWrite = place
        isDirty = true
    }

    /// Cuts or lengthens the file.
    mutating func truncate(to length: Int) {
        let missing = max(0, length - current.count)
        current = Array(current.prefix(length)) + [UInt8](repeating: 0, count: missing)
        isDirty = true
    }

    /// Brings everything to the medium.
    mutating func synchronize() {
        durable = current
        isDirty = false
    }

    /// The bytes of one remainder.
    func bytes(_ remainder: Remainder) -> [UInt8] {
        switch remainder {
        case .old: durable
        case .cut(let length): Array(current.prefix(length))
        case .zeros(let place, let length): Array(current.prefix(place)) + [UInt8](repeating: 0, count: length - place)
        case .overOld(let place): Array(current.prefix(place)) + durable.dropFirst(place)
        case .blocks(let set): mixed(set)
        }
    }

    private func mixed(_ set: Int) -> [UInt8] {
        var mix = current
        for block in 0..<blockCount where set >> block & 1 == 0 {
            for place in block * Self.blockSize..<min(mix.count, (block + 1) * Self.blockSize) {
                mix[place] = place < durable.count ? durable[place] : 0
            }
        }
        return mix
    }

    /// Disks and page caches move this many bytes at once.
    private static let blockSize = 4096
    private var blockCount: Int { (current.count + Self.blockSize - 1) / Self.blockSize }

    /// What a power cut may leave of the bytes.
    ///
    /// - Parameter grain: how finely.
    func remainders(_ grain: Grain) -> [Remainder] {
        guard isDirty else { return [.old] }
        let length = current.count
        let places =
            grain == .everyByte ? Array(0...length) : [0, 1, length / 2, length - 1, length].filter { $0 >= 0 }
        var remainders = [Remainder.old] + places.map { .cut($0) }
        remainders += places.filter { $0 < length }.map { .zeros(after: $0, length: length) }
        if !durable.isEmpty { remainders += places.filter { $0 > 0 && $0 < durable.count }.map { .overOld($0) } }
        if (2...6).contains(blockCount) { remainders += (1..<(1 << blockCount) - 1).map { .blocks($0) } }
        return remainders
    }

    /// What a power cut in the middle of the last write may leave, for each byte but the last.
    func remaindersDuringWrite(_ grain: Grain) -> [Remainder] {
        let written = current.count - lastWrite
        guard written > 1 else { return [] }
        let counts = grain == .everyByte ? Array(1..<written) : [1, written / 2]
        return counts.flatMap { count -> [Remainder] in
            [.cut(lastWrite + count), .zeros(after: lastWrite, length: lastWrite + count)]
        }
    }
}
