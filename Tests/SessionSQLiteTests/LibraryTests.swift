import SessionKit
import Testing

@testable import SessionSQLite

@Test("SQLite's library that is not there is named with the package to install")
func namesThePackage() {
    let error = #expect(throws: SessionError.self) { try SQLiteLibrary.load(names: ["libnothing.so.9"]) }
    #expect(error?.code == .storeMisconfigured && error?.message.contains("apt-get install libsqlite3-0") == true)
}
