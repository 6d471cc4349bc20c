// swift-tools-version: 6.2
import PackageDescription

// Continuous integration sets SESH_STRICT so that a warning never lands, while someone who builds
// a checkout with a newer compiler is not stopped by a warning that did not exist when it was written.
let strict = Context.environment["SESH_STRICT"] == "1"

let swiftSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
    name: "sesh",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "sesh", targets: ["sesh"]),
        .library(name: "SessionKit", targets: ["SessionKit", "SessionFiles", "ChatModels"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .executableTarget(name: "sesh", dependencies: ["SeshCommands"]),
        .target(
            name: "SeshCommands",
            dependencies: [
                "SessionKit", "SessionFiles", "ChatModels", "Terminal", "Markdown", "Processes", "Threads", "CSystem",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),
        .target(name: "SessionKit", swiftSettings: swiftSettings),
        .target(name: "SessionFiles", dependencies: ["SessionKit", "CSystem"], swiftSettings: swiftSettings),
        .target(
            name: "ChatModels", dependencies: ["SessionKit", "HTTPTransport", "Processes", "Threads", "CSystem"],
            swiftSettings: swiftSettings),
        .target(name: "HTTPTransport", dependencies: ["CCurl"], swiftSettings: swiftSettings),
        .target(
            name: "Terminal", dependencies: ["CLibEdit", "Processes", "Threads", "CSystem"],
            swiftSettings: swiftSettings),
        .target(name: "Markdown", dependencies: ["Terminal"], swiftSettings: swiftSettings),
        .target(name: "Processes", swiftSettings: swiftSettings),
        .target(name: "Threads", dependencies: ["CSystem"], swiftSettings: swiftSettings),

        .target(name: "CLibEdit", linkerSettings: [.linkedLibrary("edit")]),
        .target(name: "CCurl"),
        .target(name: "CSystem"),

        .target(
            name: "SeshTestSupport", dependencies: ["SessionKit", "CSystem"], path: "Tests/SeshTestSupport",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SessionKitTests",
            dependencies: ["SessionKit", "SessionFiles", "ChatModels", "SeshTestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SessionFilesTests", dependencies: ["SessionFiles", "SessionKit", "SeshTestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ChatModelsTests", dependencies: ["ChatModels", "SessionKit", "HTTPTransport", "SeshTestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "HTTPTransportTests", dependencies: ["HTTPTransport", "SeshTestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(name: "ProcessesTests", dependencies: ["Processes"], swiftSettings: swiftSettings),
        .testTarget(
            name: "TerminalTests", dependencies: ["Terminal", "SeshTestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "MarkdownTests", dependencies: ["Markdown", "Terminal", "SeshTestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SeshCommandsTests",
            dependencies: [
                "SeshCommands", "SessionKit", "SeshTestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EndToEndTests", dependencies: ["SeshTestSupport", "sesh"], swiftSettings: swiftSettings),
    ]
)

// The fuzz targets need `-sanitize=fuzzer`, which brings a `main` of its own: only Scripts/fuzz asks for them.
if Context.environment["SESH_FUZZ"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "Fuzz", dependencies: ["SessionFiles", "SessionKit", "ChatModels", "Terminal"], path: "Tests/Fuzz",
            exclude: ["Corpus", "json.dict"], swiftSettings: swiftSettings))
}

// The crash model has to reach into the store, and is too slow without optimisation: only Scripts/crash-model asks for it.
if Context.environment["SESH_CRASH_MODEL"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "CrashModel", dependencies: ["SessionFiles", "SessionKit", "SeshTestSupport"],
            path: "Tests/CrashModel", swiftSettings: swiftSettings))
}
