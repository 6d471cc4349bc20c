/// Names that a mistyped one may have meant.
package enum NearNames {
    /// Picks the nearest names.
    ///
    /// - Parameters:
    ///   - name: what was typed.
    ///   - names: what there is.
    ///   - limit: how many at most, 1 or more.
    /// - Returns: those that begin with it or are a few slips of the finger away, the nearest first.
    package static func of(_ name: String, among names: some Sequence<String>, limit: Int = 3) -> [String] {
        let wanted = Array(name.lowercased().utf8)
        let allowed = max(1, min(3, wanted.count / 3))
        var found: [(distance: Int, name: String)] = []
        for candidate in names {
            let bytes = Array(candidate.lowercased().utf8)
            if bytes.starts(with: wanted) || wanted.starts(with: bytes) && bytes.count > 2 {
                found.append((0, candidate))
            } else if abs(bytes.count - wanted.count) <= allowed {
                let distance = distance(wanted, bytes)
                if distance <= allowed { found.append((distance, candidate)) }
            }
        }
        return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit).map(\.name)
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other (optimal string
    /// alignment: a swap is the commonest slip of a typist).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var next = [row + 1]
            for column in right.indices {
                let same = left[row] == right[column]
                var best = min(next[column] + 1, last[column + 1] + 1, last[column] + (same ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                next.append(best)
            }
            (beforeLast, last) = (last, next)
        }
        return last[right.count]
    }
}
