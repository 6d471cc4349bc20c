import SeshCommands

@main
enum Sesh {
    static func main() { SeshProgram.main() }
}
