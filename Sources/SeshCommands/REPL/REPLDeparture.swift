/// A signal that ends the program came while a command waited for something.
struct REPLDeparture: Error {
    /// The signal's number.
    let signal: Int32
}
