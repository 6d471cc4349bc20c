/// A service's refusal of a request that is longer than the model's context window.
///
/// Few services have a code of their own for it, so it is recognised by phrases, which are those of the services'
/// documentation and of LiteLLM's source.
struct LengthRefusal: Equatable {
    /// The tokens of the request, if the service says so.
    let promptTokens: Int?
    /// The tokens of the window, if the service says so.
    let limit: Int?

    /// OpenAI's code, llama.cpp's type, and Groq's.
    private static let names: Set<String> = [
        "context_length_exceeded", "exceed_context_size_error", "request_too_large", "string_above_max_length",
    ]

    /// Phrases of such refusals only, in lower case.
    private static let phrases = [
        "maximum context length", "maximum prompt length", "context length of only", "exceeds the context window",
        "exceeds the available context size", "exceed context limit", "prompt is too long", "input is too long",
        "input token count", "too large for model with", "reduce the length of the messages", "max_new_tokens` must be",
        "too many tokens: size limit", "exceeded model token limit", "context size has been exceeded",
    ]

    /// What precedes the number of the window's tokens, in lower case.
    private static let limitMarks = [
        "maximum context length is", "maximum context length:", "maximum prompt length is", "context length of only",
        "number of tokens allowed (", "must be <=", ">", "limit is", "available context size (", "model with",
    ]

    /// Recognises a refusal.
    ///
    /// - Parameters:
    ///   - report: the service's report.
    ///   - status: the HTTP status.
    /// - Returns: nil if it is another failure.
    init?(_ report: ServiceReport, status: Int) {
        let names = [report.code, report.type].compactMap(\.self)
        let words = (report.message ?? "").lowercased()
        let isNamed = !Self.names.isDisjoint(with: names)
        // Rate limits are about tokens too, but have another status.
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
