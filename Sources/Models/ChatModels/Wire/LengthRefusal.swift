/// That a service refuses a request because it is longer than the model's window.
///
/// Few services have a code of their own for it, so that the words have to tell in the end. The forms are those of the
/// services' documentation and of what LiteLLM's source collects.
struct LengthRefusal: Equatable {
    /// How many tokens the request has, if the service says so.
    let promptTokens: Int?
    /// How many the window has, if the service says so.
    let limit: Int?

    /// OpenAI's code, llama.cpp's type, and Groq's.
    private static let names: Set<String> = [
        "context_length_exceeded", "exceed_context_size_error", "request_too_large", "string_above_max_length",
    ]

    /// What only such a refusal says, in lower case.
    private static let phrases = [
        "maximum context length", "maximum prompt length", "context length of only", "exceeds the context window",
        "exceeds the available context size", "exceed context limit", "prompt is too long", "input is too long",
        "input token count", "too large for model with", "reduce the length of the messages", "max_new_tokens` must be",
        "too many tokens: size limit", "exceeded model token limit", "context size has been exceeded",
    ]

    /// What stands before the number of the window, in lower case.
    private static let limitMarks = [
        "maximum context length is", "maximum context length:", "maximum prompt length is", "context length of only",
        "number of tokens allowed (", "must be <=", ">", "limit is", "available context size (", "model with",
    ]

    /// Finds out whether a report is such a refusal.
    ///
    /// - Parameters:
    ///   - report: what the service says.
    ///   - status: the HTTP status.
    /// - Returns: nil if it is none.
    init?(_ report: ServiceReport, status: Int) {
        let names = [report.code, report.type].compactMap(\.self)
        let words = (report.message ?? "").lowercased()
        let isNamed = !Self.names.isDisjoint(with: names)
        // A rate limit speaks of tokens too, but has a status of its own.
        let isSaid = [400, 413, 422, 500].contains(status) && Self.phrases.contains { words.contains($0) }
        guard isNamed || isSaid || status == 413 else { return nil }
        let limit = report.limit ?? Self.limit(in: words)
        self.limit = limit
        let others = Self.numbers(in: words).filter { $0 > limit ?? .max }
        promptTokens = report.promptTokens ?? others.max()
    }

    private static func limit(in words: String) -> Int? {
        for mark in limitMarks {
            guard let range = words.firstRange(of: mark) else { continue }
            if let number = numbers(in: String(words[range.upperBound...].prefix(16))).first, number > 0 {
                return number
            }
        }
        return nil
    }

    /// The whole numbers in a text; commas between groups of three digits belong to them.
    private static func numbers(in text: String) -> [Int] {
        var numbers: [Int] = []
        var digits = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else if character != "," || digits.isEmpty || rest.prefix(3).count(where: \.isNumber) < 3 {
                if let number = Int(digits) { numbers.append(number) }
                digits = ""
            }
        }
        return numbers + [Int(digits)].compactMap(\.self)
    }
}
