import SessionJSON
import ArgumentParser
import ChatModels
import SessionKit

/// The command `sesh models`.
struct ModelsCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List the models there are.",
        discussion: """
            Every provider that has a key or needs none is asked, for five seconds at most, and its list is kept for a \
            day; naming a provider asks it again. Into a pipe: reference, window, prices of a million tokens in and out \
            in US dollars, and 'default', separated by tabs.
            """)

    @Argument(help: ArgumentHelp("The provider to ask.", valueName: "provider"))
    var provider: String?

    @Flag(help: "Write one JSON array.")
    var json = false

    func run(in program: Program) async throws {
        let configuration = try program.configuration()
        let catalog = program.catalog(configuration)
        let selection = ModelSelection(program: program, configuration: configuration, catalog: catalog)
        let lists = try await catalog.models(of: provider)
        let preferred = (try? selection.reference(flag: nil, session: nil)).map { reference in
            (try? catalog.model(for: reference).reference) ?? reference
        }
        let rows = lists.flatMap { list in
            list.models.map { ModelRow($0, of: list.provider, preferred: preferred) }
        }
        if json {
            try program.output.writeLine(JSONOutput.encodeLines(rows))
        } else {
            let heading = ["MODEL", "WINDOW", "$/M IN", "$/M OUT", ""]
            try await Pager.show(TextTable(heading: heading, rows: rows.map(\.cells)), of: program)
        }
        for list in lists { if let error = list.error { program.complain(error.description) } }
        if rows.isEmpty, lists.allSatisfy({ $0.error == nil }) { program.notice("No models were found.") }
        if let provider, let error = lists.first(where: { $0.provider == provider })?.error { throw error }
    }
}

/// A model as `models` shows it.
struct ModelRow: Encodable {
    let reference: String
    let window: Int?
    let inputPrice: Double?
    let outputPrice: Double?
    let isDefault: Bool

    private enum CodingKeys: String, CodingKey {
        case reference, window, inputPrice, outputPrice
        case isDefault = "default"
    }

    init(_ model: ListedModel, of provider: String, preferred: ModelReference?) {
        // The local engine's own model has no name of its own there.
        reference = model.name.isEmpty ? provider : "\(provider):\(model.name)"
        window = model.contextWindow
        (inputPrice, outputPrice) = (model.inputPrice, model.outputPrice)
        isDefault = preferred?.description == reference
    }

    /// The cells of its row.
    var cells: [String] {
        func price(_ price: Double?) -> String { price.map { "\(($0 * 1000).rounded() / 1000)" } ?? "-" }
        return [
            reference, window.map(String.init) ?? "-", price(inputPrice), price(outputPrice),
            isDefault ? "default" : "",
        ]
    }
}
