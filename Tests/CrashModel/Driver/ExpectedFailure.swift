/// A change that failed because the disk was made to fail.
struct ExpectedFailure: Error {}
