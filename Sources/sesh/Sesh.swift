import SeshCommands

@main
enum Sesh {
    static func main() async { await SeshProgram.main() }
}
