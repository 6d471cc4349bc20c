import Testing

@testable import SessionFiles
@testable import SessionJSON

@Suite("The scanner takes I-JSON and nothing else")
struct JSONScannerTests {
    private static let accepted: [String] = [
        "null", "true", "false", "0", "-0", "-1", "10", "1.5", "-0.0", "1e9", "1E+9", "1e-09", "1.25e400",
        "123456789012345678901234567890", #""""#, #""a""#, #""\"\\\/\b\f\n\r\t""#, #""\u0000\u00e9\uFFFF""#,
        #""\uD83D\uDE00""#, "\"\u{7F}\"", "\"é€😀\"", "\"\u{FFFF}\u{10FFFF}\"", "[]", "[ ]", "[1]", "[1,2]", "[[],[]]",
        "[[[]],{}]", "{}", "{ }", #"{"a":1}"#, #"{"":0}"#, #"{"a":{"a":[{"a":1}]},"b":[]}"#, " \t\r\n[ 1 , 2 ] \n",
        #"{"a":1,"A":2,"á":3,"\u00e1b":4}"#, "[null,true,false,\"\",{},[]]", "{\n\"a\"\n:\n1\n,\n\"b\"\n:\n[\n]\n}",
    ]

    @Test("takes", arguments: accepted)
    func accepts(_ text: String) throws {
        try JSONScanner.check(Array(text.utf8))
    }

    private static let rejected: [String] = [
        "", " ", "nul", "nulL", "True", "NaN", "Infinity", "-Infinity", "undefined", "'a'", "a", "-", "+1", "01", "-01",
        "1.", ".5", "1.e1", "1e", "1e+", "0x10", "1_000", "１", "1 2", "- 1", "--1", "1.5.2", #"""#, #""a"#, #""\"#,
        #""\a""#, #""\'""#, #""\u""#, #""\u12""#, #""\u123g""#, #""\U0041""#, #""\x41""#, #""\uD800""#, #""\uDC00""#,
        #""\uD800\uD800""#, #""\uD83Dx""#, #""\uD83D\n""#, #""\uDE00\uD83D""#, #""\uD800\u0041""#, "\"\n\"", "\"\t\"",
        "\"\u{0}\"", "\"\u{1F}\"", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[ ,1]", "[1,,2]", "[1 2]", "[1;2]",
        "[1}", "[1]]", "[]a", "[\"a\":1]", "{", "}", "{]", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, #"{"a":1,}"#,
        #"{,"a":1}"#,
        #"{ ,"a":1}"#, #"{"a" 1}"#, #"{"a":1 "b":2}"#, #"{"a":1;"b":2}"#, #"{a:1}"#, #"{'a':1}"#, #"{1:1}"#,
        #"{null:1}"#, #"{"a":1}}"#, #"{"a":1}{"#, #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"\u0061":2}"#,
        #"{"x":{"é":1,"\u00e9":2}}"#, #"[{"":1,"":2}]"#, "// a\n1", "/* a */1", "1//", "#a\n1", "\u{FEFF}1", "\u{A0}1",
        "[1\u{0C}]", "\u{0B}1", "1\u{0}", "[1]\u{0}", "[\"\u{2028}\"", "<a/>",
    ]

    @Test("refuses", arguments: rejected)
    func rejects(_ text: String) {
        #expect(throws: JSONFlaw.self) { try JSONScanner.check(Array(text.utf8)) }
    }

    private static let notUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
        [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xC3, 0xC3],
    ]

    @Test("refuses strings that are not UTF-8, wherever they stand", arguments: notUTF8)
    func rejectsBadUTF8(_ bytes: [UInt8]) {
        for padding in 0..<17 {
            let text = [0x22] + [UInt8](repeating: 0x61, count: padding) + bytes
            #expect(throws: JSONFlaw.self) { try JSONScanner.check(text + [0x22]) }
            #expect(throws: JSONFlaw.self) { try JSONScanner.check(text + Array("aaaaaaaa\"".utf8)) }
            #expect(throws: JSONFlaw.self) { try JSONScanner.check(text) }
        }
    }

    @Test("refuses UTF-16 and says what is wrong with a byte order mark")
    func rejectsOtherEncodings() {
        #expect(throws: JSONFlaw.self) { try JSONScanner.check([0xFF, 0xFE, 0x5B, 0, 0x5D, 0]) }
        #expect(throws: JSONFlaw.self) { try JSONScanner.check([0, 0x5B, 0, 0x5D]) }
        do throws(JSONFlaw) {
            try JSONScanner.check([0xEF, 0xBB, 0xBF, 0x31])
            Issue.record("a byte order mark was taken")
        } catch {
            #expect(error.problem.contains("byte order mark"))
        }
    }

    @Test("finds each special byte at every distance from the start of a string")
    func findsSpecialBytes() throws {
        for padding in 0..<24 {
            let start = "\"" + String(repeating: "~", count: padding)
            for bad in ["\u{0}", "\u{1F}", "\n"] {
                #expect(throws: JSONFlaw.self) { try JSONScanner.check(Array((start + bad + "~~~~~~~~~\"").utf8)) }
            }
            for good in [" ", "!", "#", "[", "]", "\u{7F}", "é", "😀", #"\""#, #"\\"#] {
                try JSONScanner.check(Array((start + good + "~~~~~~~~~\"").utf8))
            }
        }
    }

    @Test("takes 512 levels and refuses more, without using the thread's stack")
    func limitsNesting() throws {
        func nested(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
            Array((String(repeating: open, count: depth) + "0" + String(repeating: close, count: depth)).utf8)
        }
        try JSONScanner.check(nested(512, "[", "]"))
        try JSONScanner.check(nested(512, "{\"a\":", "}"))
        for depth in [513, 1_000_000] {
            #expect(throws: JSONFlaw.self) { try JSONScanner.check(nested(depth, "[", "]")) }
            #expect(throws: JSONFlaw.self) { try JSONScanner.check(nested(depth, "{\"a\":", "}")) }
            #expect(throws: JSONFlaw.self) { try JSONScanner.check([UInt8](repeating: 0x5B, count: depth)) }
        }
    }

    @Test("finds a name that comes twice among many, and takes as many as are allowed")
    func findsDuplicatesAmongMany() throws {
        let members = (0..<5000).map { "\"common-prefix-\($0)\":0" }
        try JSONScanner.check(Array("{\(members.joined(separator: ","))}".utf8))
        let twice = members + ["\"common-pre\\u0066ix-2500\":0"]
        #expect(throws: JSONFlaw.self) { try JSONScanner.check(Array("{\(twice.joined(separator: ","))}".utf8)) }
        let tooMany = (0...65_536).map { "\"\($0)\":0" }.joined(separator: ",")
        #expect(throws: JSONFlaw.self) { try JSONScanner.check(Array("{\(tooMany)}".utf8)) }
    }

    @Test("names line, column and path of a flaw")
    func placesFlaws() {
        let text = Array("{\"a\":1,\n \"b\": [0, {\"c\": tru}]}".utf8)
        do throws(JSONFlaw) {
            try JSONScanner.scan(text) { scanner throws(JSONFlaw) in
                try scanner.object { scanner, name, _ throws(JSONFlaw) in
                    if name == "a" { return _ = try scanner.skipValue() }
                    try scanner.array { scanner throws(JSONFlaw) in
                        if scanner.peek() != UInt8(ascii: "{") { return _ = try scanner.skipValue() }
                        try scanner.object { scanner, _, _ throws(JSONFlaw) in _ = try scanner.skipValue() }
                    }
                }
            }
            Issue.record("the flaw was not found")
        } catch {
            #expect(error.place(in: text) == (2, 17))
            #expect(error.pathText == "b[1].c")
        }
    }

    @Test("reads back every string that it writes")
    func roundTripsStrings() throws {
        let scalars = (0..<0x10FFFF).lazy.filter { $0 < 0x3000 || $0 % 997 == 0 }.compactMap(Unicode.Scalar.init)
        var all = String.UnicodeScalarView()
        all.append(contentsOf: scalars)
        for text in ["", "\u{0}", "\"\\/", "\r\n", "e\u{301}", "👨‍👩‍👧", String(all)] {
            var bytes: [UInt8] = []
            JSONString.encode(text, into: &bytes)
            let read = try JSONScanner.scan(bytes) { scanner throws(JSONFlaw) in try scanner.string() }
            #expect(read.utf8.elementsEqual(text.utf8))
        }
    }
}
