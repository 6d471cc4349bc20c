/// All sessions: what a driver expects of the disk, kept without a look at it.
struct World: Codable, Hashable, Sendable {
    /// What each session holds, by id.
    var sessions: [String: Contents] = [:]

    /// What a session holds; one that is not there yet is empty.
    subscript(id: String) -> Contents {
        get { sessions[id] ?? Contents() }
        set { sessions[id] = newValue }
    }

    /// As readers see it once nobody waits for an answer.
    var settled: World { World(sessions: sessions.mapValues(\.settled)) }

    /// This world with some sessions as they are in another, or as gone as they are there.
    func taking(_ ids: [String], from other: World) -> World {
        var world = self
        for id in ids { world.sessions[id] = other.sessions[id] }
        return world
    }
}
