// swift-tools-version: 6.2
import PackageDescription

// A package of somebody else's: it brings a store of its own and sees what is public, and nothing more.
let package = Package(
    name: "OwnStore",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "sesh", path: "../..")],
    targets: [
        .target(name: "ShelfStore", dependencies: [.product(name: "SessionKit", package: "sesh")]),
        .testTarget(
            name: "ShelfStoreTests",
            dependencies: [
                "ShelfStore", .product(name: "SessionKit", package: "sesh"),
                .product(name: "SessionKitTesting", package: "sesh"),
            ]),
    ]
)
