import Synchronization
#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A clock that tests set.
///
/// It stands still unless it is moved; its first moment has a fraction of a millisecond, which no store can keep.
public final class SettableClock: Sendable {
    private let moment = Mutex(Date(timeIntervalSince1970: 1_795_000_000.123_456))

    /// Makes a clock.
    public init() {}

    /// The moment it shows, as stores and managers ask for it.
    public var now: @Sendable () -> Date {
        { self.moment.withLock { $0 } }
    }

    /// Moves it, by a negative number of seconds backwards.
    public func advance(by seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}
