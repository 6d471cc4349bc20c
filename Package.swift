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

/// A target in one of the folders that show the architecture.
func source(_ path: String, _ dependencies: [Target.Dependency] = []) -> Target {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return .target(name: name, dependencies: dependencies, path: "Sources/" + path, swiftSettings: swiftSettings)
}

let package = Package(
    name: "sesh",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "sesh", targets: ["sesh"]),
        .library(
            name: "SessionKit",
            targets: [
                "SessionKit", "SessionJSON", "SessionFiles", "SessionSQLite", "SessionPostgreSQL", "ChatModels",
            ]),
        .library(name: "SessionKitTesting", targets: ["SessionKitTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .executableTarget(name: "sesh", dependencies: ["SeshCommands"]),
        .target(
            name: "SeshCommands",
            dependencies: [
                "SessionKit", "SessionJSON", "SessionFiles", "SessionPostgreSQL", "SessionSQLite", "ChatModels",
                "LocalEngine", "Terminal", "Markdown",
                "TerminalText", "Platform", "CSystem",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),

        source("Sessions/SessionKit"),
        source("Sessions/SessionJSON", ["SessionKit", "Platform"]),
        source("Sessions/SessionKitTesting", ["SessionKit"]),
        source("Stores/SessionFiles", ["SessionKit", "SessionJSON", "Platform", "CSystem"]),
        source("Stores/SessionSQL", ["SessionKit", "SessionJSON", "Platform"]),
        source("Stores/SessionPostgreSQL", ["SessionSQL", "SessionKit", "Platform", "CPostgreSQL"]),
        source("Stores/SessionSQLite", ["SessionSQL", "SessionKit", "Platform", "CSQLite"]),
        source("Models/ChatModels", ["SessionKit", "LocalEngine", "HTTPTransport", "Platform"]),
        source("Models/LocalEngine", ["HTTPTransport", "Platform"]),
        source("Models/HTTPTransport", ["CCurl", "Platform"]),
        source("Terminal/Terminal", ["TerminalText", "Platform", "CLibEdit", "CSystem"]),
        source("Terminal/Markdown", ["TerminalText"]),
        source("Terminal/TerminalText"),
        source("Platform/Platform", ["CSystem"]),

        .target(name: "CLibEdit", path: "Sources/Platform/CLibEdit", linkerSettings: [.linkedLibrary("edit")]),
        .target(name: "CCurl", dependencies: ["CSystem"], path: "Sources/Platform/CCurl"),
        .target(name: "CPostgreSQL", dependencies: ["CSystem"], path: "Sources/Platform/CPostgreSQL"),
        .target(name: "CSQLite", dependencies: ["CSystem"], path: "Sources/Platform/CSQLite"),
        .target(name: "CSystem", path: "Sources/Platform/CSystem"),

        .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
        .target(
            name: "SeshTestSupport", dependencies: ["SessionKitTesting", "Platform", "CPseudoTerminal"],
            path: "Tests/SeshTestSupport",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SessionKitTests",
            dependencies: ["SessionKit", "SessionFiles", "ChatModels", "SeshTestSupport", "SessionKitTesting"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SessionFilesTests",
            dependencies: [
                "SessionFiles", "SessionJSON", "SessionKit", "Platform", "SeshTestSupport", "SessionKitTesting",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SessionPostgreSQLTests",
            dependencies: [
                "SessionPostgreSQL", "SessionSQL", "SessionKit", "Platform", "SeshTestSupport", "SessionKitTesting",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SessionSQLiteTests",
            dependencies: [
                "SessionSQLite", "SessionSQL", "SessionKit", "Platform", "SeshTestSupport", "SessionKitTesting",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ChatModelsTests",
            dependencies: [
                "ChatModels", "LocalEngine", "SessionKit", "HTTPTransport", "SeshTestSupport", "SessionKitTesting",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "HTTPTransportTests", dependencies: ["HTTPTransport", "SeshTestSupport", "SessionKitTesting"],
            swiftSettings: swiftSettings),
        .testTarget(name: "PlatformTests", dependencies: ["Platform"], swiftSettings: swiftSettings),
        .testTarget(
            name: "TerminalTests",
            dependencies: ["Terminal", "TerminalText", "Platform", "SeshTestSupport", "SessionKitTesting"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "MarkdownTests",
            dependencies: ["Markdown", "TerminalText", "Platform", "SeshTestSupport", "SessionKitTesting"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SeshCommandsTests",
            dependencies: [
                "SeshCommands", "SessionKit", "SessionJSON", "SeshTestSupport", "SessionKitTesting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EndToEndTests", dependencies: ["Platform", "SeshTestSupport", "SessionKitTesting", "sesh"],
            swiftSettings: swiftSettings),
    ]
)

// The fuzz targets need `-sanitize=fuzzer`, which brings a `main` of its own: only Scripts/fuzz asks for them.
if Context.environment["SESH_FUZZ"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: ["SessionFiles", "SessionJSON", "SessionKit", "ChatModels", "Terminal", "TerminalText"],
            path: "Tests/Fuzz",
            exclude: ["Corpus", "json.dict"], swiftSettings: swiftSettings))
}

// The crash model has to reach into the store, and is too slow without optimisation: only Scripts/crash-model asks for it.
if Context.environment["SESH_CRASH_MODEL"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "CrashModel",
            dependencies: ["SessionFiles", "SessionJSON", "SessionKit", "SeshTestSupport", "SessionKitTesting"],
            path: "Tests/CrashModel", swiftSettings: swiftSettings))
}
