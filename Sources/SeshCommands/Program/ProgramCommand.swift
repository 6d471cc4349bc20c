package import ArgumentParser

/// A command of the program, which does everything it does by the surroundings it is handed.
package protocol ProgramCommand: ParsableCommand {
    /// Runs the command.
    ///
    /// - Parameter program: the surroundings of the run.
    /// - Throws: what `Failure` turns into a message and an exit code.
    func run(in program: Program) async throws
}
