import SessionKit

/// An event of a streamed Messages answer, or a whole answer; its fields depend on its type.
struct AnthropicEvent: Decodable {
    /// A block of content or a part of one, or the end of the message; tool calls have no text.
    struct Block: Decodable {
        let text: String?
        let thinking: String?
        let stopReason: String?

        private enum Key: String, CodingKey {
            case type, text, thinking
            case stopReason = "stop_reason"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            let type = container.lenient(String.self, .type)
            text = type == "text" || type == "text_delta" ? container.lenient(String.self, .text) : nil
            thinking = container.lenient(String.self, .thinking)
            stopReason = container.lenient(String.self, .stopReason)
        }
    }

    /// The beginning of a message.
    struct Start: Decodable {
        let usage: TokenUsage?

        init(from decoder: any Decoder) throws {
            usage = try decoder.container(keyedBy: Key.self).lenient(Usage.self, .usage)?.count
        }
    }

    let type: String?
    let message: Start?
    let block: Block?
    let delta: Block?
    let content: [Block]?
    let usage: TokenUsage?
    let stopReason: String?
    let report: ServiceReport

    private enum Key: String, CodingKey {
        case type, message, delta, content, usage
        case block = "content_block"
        case stopReason = "stop_reason"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        type = container.lenient(String.self, .type)
        message = container.lenient(Start.self, .message)
        block = container.lenient(Block.self, .block)
        delta = container.lenient(Block.self, .delta)
        content = container.lenient([Block].self, .content)
        usage = container.lenient(Usage.self, .usage)?.count
        stopReason = container.lenient(String.self, .stopReason)
        report = type == "error" ? try ServiceReport(from: decoder) : ServiceReport()
    }

    private struct Usage: Decodable {
        let count: TokenUsage

        private enum Key: String, CodingKey, CaseIterable {
            case input = "input_tokens"
            case cacheRead = "cache_read_input_tokens"
            case cacheWrite = "cache_creation_input_tokens"
            case output = "output_tokens"
        }

        /// The sum of counts; nil on overflow.
        private static func sum(_ counts: [Int]) -> Int? {
            counts.reduce(0) { total, count in
                total.flatMap { total in
                    let (sum, overflows) = total.addingReportingOverflow(count)
                    return overflows ? nil : sum
                }
            }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            // `input_tokens` does not include what was written to or read from the service's cache.
            let inputs = [Key.input, .cacheRead, .cacheWrite].compactMap { container.lenient(Int.self, $0) }
            count = TokenUsage(
                inputTokens: inputs.isEmpty ? nil : Self.sum(inputs),
                outputTokens: container.lenient(Int.self, .output))
        }
    }
}
