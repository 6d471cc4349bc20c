#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The program that libFuzzer drives.
///
/// It has a `main` of its own, since SwiftPM names every program's entry point; libFuzzer's is then left out.
@main
enum Fuzz {
    static func main() {
        _ = target  // Says what is wrong with the name before libFuzzer says anything.
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(runDriver(&count, &arguments, takeInput))
    }

    private static let target: FuzzTarget = {
        guard let name = getenv("FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name)) else {
            fatalError("FUZZ_TARGET has to be one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return target
    }()

    /// A fuzz target (https://llvm.org/docs/LibFuzzer.html#fuzz-target).
    private static let takeInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = { bytes, count in
        target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    }
}

/// The entry point of libFuzzer as a library (https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library).
///
/// It comes with `-sanitize=fuzzer` and has no header.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
