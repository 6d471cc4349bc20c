import Foundation

/// A library in C that stands between a program and the C library, built by the tests that need it.
package struct PreloadedLibrary: Sendable {
    /// The built library, for `LD_PRELOAD`.
    package let path: String

    /// Builds it.
    ///
    /// - Parameters:
    ///   - name: its source in `Tests/Interposer`, without the suffix.
    ///   - directory: where to put it.
    /// - Returns: nil where it can't be built: without a C compiler, or where there is no `LD_PRELOAD`.
    /// - Throws: what starting the compiler threw.
    package init?(_ name: String, in directory: String) throws {
        #if os(Linux)
            let source = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../Interposer/\(name).c").standardizedFileURL.path
            path = directory + "/\(name).so"
            // Where there is no compiler but Swift's, that one brings clang.
            for name in ["cc", "clang"] {
                let compiler = Process()
                compiler.executableURL = URL(filePath: "/usr/bin/env")
                compiler.arguments = [name, "-O1", "-shared", "-fPIC", "-o", path, source, "-ldl", "-lpthread"]
                try compiler.run()
                compiler.waitUntilExit()
                if compiler.terminationStatus == 0 { return }
            }
            return nil
        #else
            return nil
        #endif
    }
}
