import Foundation
package import Testing

extension Trait where Self == ConditionTrait {
    /// Marks a test that takes seconds, whatever it is given: `Scripts/test quick` leaves it to the whole run.
    package static var thorough: Self {
        .disabled(
            if: ProcessInfo.processInfo.environment["SESH_QUICK"] == "1", "takes seconds: Scripts/test unit runs it")
    }
}
