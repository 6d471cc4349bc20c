import Foundation

/// The library that stands between a program and the C library's file calls (`Tests/Interposer`): it writes them down,
/// makes chosen ones fail, or kills the program before one.
package struct Interposer: Sendable {
    /// The built library, for `LD_PRELOAD`.
    package let library: String

    /// Builds it.
    ///
    /// - Parameter directory: where to put it.
    /// - Returns: nil where it can't be built: without a C compiler, or where there is no `LD_PRELOAD`.
    /// - Throws: what starting the compiler threw.
    package init?(in directory: String) throws {
        guard let built = try PreloadedLibrary("interposer", in: directory) else { return nil }
        library = built.path
    }

    /// The environment that a program needs to be watched.
    ///
    /// - Parameters:
    ///   - root: the directory below which calls are watched, absolute and without links.
    ///   - log: where they are written down; nil for nowhere.
    ///   - fault: which call of a kind fails: `"<kind> <nth> <times> <errno>"`, errno 0 being a short count and -1 a
    ///     write of nothing; several with `;` between; nil for none.
    ///   - kill: the number of the changing call before which the program is killed, from 1; nil for none.
    /// - Returns: the variables.
    package func environment(
        root: String, log: String? = nil, fault: String? = nil, kill: Int? = nil
    ) -> [String: String] {
        var variables = ["LD_PRELOAD": library, "CALLS_ROOT": root]
        variables["CALLS_LOG"] = log
        variables["CALLS_FAULT"] = fault
        variables["CALLS_KILL"] = kill.map(String.init)
        return variables
    }
}
