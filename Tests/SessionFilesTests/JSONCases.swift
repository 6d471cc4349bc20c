/// Texts of every kind that the public JSON test suites list, with the answer that I-JSON (RFC 7493) asks for.
///
/// Where RFC 8259 leaves the answer open (names that come twice, lone surrogates, byte order marks, other encodings),
/// I-JSON does not: they are refused. What it allows a reader to limit (size of numbers, nesting) is taken.
enum JSONCases {
    /// Whole values that are taken and kept byte for byte.
    static let accepted: [String] =
        [
            // Literals and white space.
            "null", "true", "false", " null", "\t\n\r true \r\n",
            // Numbers: sign, fraction, exponent, more digits and greater exponents than any machine has.
            "0", "-0", "-0.0", "0e+1", "0E1", "0e1", "1", "-1", "-123", "123.456", "0.000001", "1E22", "1e22", "1E-2",
            "1E+2", "20e1", "1.25", "-1.5e-7", "123e65", "123123e100000", "-123123e100000", "0.4e00669999999999999969",
            "123123123123123123123123123123", "-9007199254740993", "-0.00000000000000000000000000000000000000000001",
            "100000000000000000000000000000000000000000000000000000000000000000.5", "1e-400", "-1e400", "1.0e+0",
            // Arrays.
            "[]", "[ ]", "[[]]", "[[],[[]]]", "[1]", "[1\n]", "[ 1]", "[2] ", "[1,null,null,null,2]", "[\"\"]",
            "[\"a\"]",
            "[false]", "[null, 1, \"1\", {}]", "[[[[[[[[[[]]]]]]]]]]",
            // Objects.
            "{}", "{ }", #"{"":0}"#, #"{"a":[]}"#, #"{"a":"b"}"#, #"{"a":"b","b":"a"}"#, #"{"a":"b","A":"b"}"#,
            #"{"foo\u0000bar":42}"#, #"{"min":-1.0e+28,"max":1.0e+28}"#, #"{"a":{"a":{"a":{}}}}"#, "{\n\"a\": \"b\"\n}",
            #"{"x":[{"id":"a"}],"id":"b"}"#, #"{"title":"\u041f\u043e"}"#, #"{"é":1,"e\u0301":2}"#, #"{"\n":1,"\t":2}"#,
        ] + strings

    /// Strings that are taken, each exactly as it is meant.
    static let strings: [String] = [
        #""""#, #"" ""#, #""asd""#, #""a/*b*/c/*d//e""#, #""\"\\\/\b\f\n\r\t""#, #""\\a""#, #""\\n""#, #""\\u0000""#,
        #""\u0060\u012a\u12AB""#, #""\u0012""#, #""\u0000""#, #""\u0021""#, #""\u0022""#, #""\u005C""#, #""\u002f""#,
        #""\u00A9""#, #""\uA66D""#, #""\u2028 \u2029""#, #""\uFFFF\uFFFE""#, #""\uFDD0""#, #""\u200B\u2064""#,
        #""\uD801\udc37""#, #""\uD834\uDD1E""#, #""\ud83d\ude39\ud83d\udc8d""#, #""\uDBFF\uDFFF""#, #""\uD83F\uDFFE""#,
        #""\u0123""#, #""\u0821""#, #""new\u000Aline""#, #""\u0061\u30af\u30EA\u30b9""#, "\"\u{7F}\"",
        "\"\u{80}\u{9F}\"",
        "\"\u{FEFF}\"", "\"\u{2028}\u{2029}\"", "\"π\"", "\"€𝄞\"", "\"\u{1BFFF}\"", "\"\u{FFFF}\"", "\"\u{10FFFF}\"",
        "\"⍂㈴⍂\"", "\"e\u{301}\u{300}\"", "\"👨‍👩‍👧🏽\"", "\"\u{202E}\"", "\"\u{1F600}\\ud83d\\ude00\"", #""\\\"""#,
        #""[1,]//{}""#,
    ]

    /// Texts that are no value, or that I-JSON excludes.
    static let rejected: [[UInt8]] = texts.map { Array($0.utf8) } + bytes

    private static let texts: [String] =
        literals + numbers + malformedStrings + surrogates + arrays + objects + others + nested

    private static let literals: [String] = [
        // Nothing, and what is only nearly a literal.
        "", " ", "nul", "tru", "fals", "nulll", "True", "FALSE", "NaN", "-NaN", "nan", "Inf", "Infinity", "-Infinity",
        "+Inf", "undefined", "None", "*", "a", "&", "\u{5}", "\u{E5}", "<.>", "<null>", "[][]", "1 2",
    ]

    private static let numbers: [String] = [
        // Numbers.
        "++1", "+1", "+", "-", "--1", "-+1", "- 1", "-a", "-foo", "01", "-01", "-012", "00", "-00", "012", "0.", "1.",
        "-2.",
        "2.", ".1", "-.1", ".", ".-1", "0.e1", "2.e3", "2.e-3", "2.e+3", "1.a", "1.2a-3", "1.8011670033376514H-308",
        "0e",
        "0e+", "0E", "0E+", "1e", "1.0e", "1.0e-", "1.0e+", "1eE2", "0.3e", "0.3e+", "9.e+", "1e+-2", "1e1.5", "1.5.2",
        "0x1",
        "0x42", "-0x1", "0b1", "0o7", "1_000", "1 000.0", "1,000", "1a", "1ea", "0e1a", "-1x", "1+2", "１", "١", "1f",
        "1L",
    ]

    private static let malformedStrings: [String] = [
        // Strings.
        #"""#, #""a"#, #"a""#, "'a'", #""\"#, #""\""#, #""\\\""#, #""\x00""#, #""\a""#, #""\v""#, #""\0""#, #""\'""#,
        #""\ ""#,
        #""\🌀""#, #""\u""#, #""\u0""#, #""\u00""#, #""\u00A""#, #""\u00A"#, #""\u 0A0""#, #""\u00G0""#, #""\u+041""#,
        #""\U0041""#,
        #""\u{41}""#, "\"\\\n\"", "\"\\\t\"", "\"\n\"", "\"\t\"", "\"\r\"", "\"a\u{0}a\"", "\"\u{1F}\"", "\"a\u{1}\"",
        #"\"x\""#,
        "“a”", "`a`", #""a" "b""#, #""a"b"#, #"\u0020"asd""#, "\\n", #""", "#,
    ]

    private static let surrogates: [String] = [
        // Surrogates that stand alone or in the wrong order.
        #""\uD800""#, #""\uDFFF""#, #""\uDC00""#, #""\uDd1ea""#, #""\uDADA""#, #""\ud800abc""#, #""\uD834\""#,
        #""\uD800\n""#,
        #""\uD800\u""#, #""\uD800\u1""#, #""\uD800\u1x""#, #""\uD800\uD800\n""#, #""\uDd1e\uD834""#, #""\uD888\u1234""#,
        #""\uD800\uDBFF""#, #""\uD800😀""#, #""\ud83d\\ude00""#, #""a\uD800""#,
    ]

    private static let arrays: [String] = [
        // Arrays.
        "[", "]", "[1", "[\"\"", "[1,", "[1,]", "[1,,]", "[1,,2]", "[,]", "[,1]", "[,\"x\"]", "[\"\",]", "[\"x\",,]",
        "[1 true]", "[\"a\" \"b\"]", "[1:2]", "[\"a\":1]", "[\"a\"", "[\"x\"]]", "[\"x\"]x", "[a", "[*", "[{}",
        "[3[4]]", "[1;2]",
        "[1\n,1\n,1", "[[1]", "[}", "[1}", "[-", "[nul]", "[tru]", "[1,\n1\n,1", "[\n1,\n,]", "[   , \"\"]",
        "[false,nul",
        "[\u{B}]", "[\u{C}]", "[\u{2060}]", "[\u{A0}]", "[⁠]", "[+]", "[0 1]", "[\"a\",\n4\n,1,", "[\"\\\u{0}\"]",
        "(1)", "[1)",
    ]

    private static let objects: [String] = [
        // Objects.
        "{", "}", "{]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, #"{"a":"a""#, #"{"a""#, #"{"a":"#, #"{"a":1,}"#,
        #"{"id":0,,,,,}"#,
        #"{"a":1,,"b":2}"#, #"{"a" b}"#, #"{"a","b"}"#, #"{:"b"}"#, #"{"a" "b"}"#, #"{"x"::"b"}"#, #"{"a":1 "b":2}"#,
        #"{"a":1;"b":2}"#,
        "{key: 'value'}", "{a: \"b\"}", "{'a':0}", "{1:1}", "{9999E9999:1}", "{null:null,null:null}", "{[]:1}",
        "{{}:1}",
        #"{"a":"b"}}"#, #"{"a":"b"}#"#, #"{"a":"b"}/**/"#, #"{"a":"b"}//"#, #"{"a":"b"}/"#, #"{"a":/*c*/"b"}"#,
        #"{"a":true} "x""#,
        "{🇨🇭}", #"{"a":"b",}"#, #"{ "foo" : "bar", "a" }"#, #"{"a":1,"b"}"#, #"{"a"=1}"#, #"{"a"->1}"#, #"{"a":1]"#,
        #"{"a":[}"#,
        #"{"asd":"asd""#, #"["asd]"#, #"{"a":'b'}"#, "{\"a\":\"b\n\"}",
        // Names that come twice, also spelled otherwise.
        #"{"a":"b","a":"c"}"#, #"{"a":"b","a":"b"}"#, #"{"":1,"":1}"#, #"{"a":1,"\u0061":2}"#, #"{"/":1,"\/":2}"#,
        #"{"\n":1,"\u000a":2}"#, #"{"é":1,"\u00e9":2}"#, #"{"😀":1,"\ud83d\ude00":2}"#, #"[{"x":{"k":1,"j":2,"k":3}}]"#,
        #"{"a":0,"b":1,"c":2,"d":3,"e":4,"f":5,"g":6,"h":7,"i":8,"j":9,"k":10,"l":11,"m":12,"n":13,"o":14,"p":15,"q":16,"a":17}"#,
    ]

    private static let others: [String] = [
        // Comments, other notations, marks.
        "/*c*/1", "1/*c*/", "//c\n1", "#c\n1", "1 #c", "<!--c-->1", "\u{FEFF}1", "\u{FEFF}", "1\u{FEFF}", "\u{2028}1",
        "\u{85}1",
        "1\u{0}", "\u{0}1", "1\u{1A}", "\u{C}1", "1\u{B}", "True()", "b\"a\"", "r\"a\"", "@\"a\"", "\"a\"+\"b\"", "{}}",
        "][",
    ]

    private static let nested: [String] = [
        String(repeating: "[", count: 1000), String(repeating: "{\"\":", count: 1000),
        String(repeating: "[\"a\",", count: 600),
        String(repeating: "[", count: 513) + String(repeating: "]", count: 513),
        String(repeating: "{\"a\":", count: 513) + "1" + String(repeating: "}", count: 513),
    ]

    /// What is not UTF-8 (RFC 3629), alone and within a string.
    private static let bytes: [[UInt8]] = notUTF8.flatMap(spelled) + otherEncodings

    private static func spelled(_ wrong: [UInt8]) -> [[UInt8]] {
        let quote = UInt8(ascii: "\"")
        let escape = Array(#""\"#.utf8)
        return [wrong, [quote] + wrong + [quote], escape + wrong + [quote], Array("\"abcdefgh".utf8) + wrong + [quote]]
    }

    private static let notUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xE5], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0xFF],
        [0xED, 0xA0, 0x80], [0xED, 0xAE, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
        [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF], [0xFE], [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
        [0xE2, 0x28, 0xA1],
        [0xF0, 0x28, 0x8C, 0xBC], [0x66, 0xFC, 0x72], [0xE9], [0xB0, 0xA1], [0xC3, 0x28], [0xC3, 0xC3, 0xA9],
    ]

    private static let otherEncodings: [[UInt8]] = [
        // UTF-16 in both orders, with and without its mark, and UTF-32.
        [0xFF, 0xFE, 0x31, 0x00], [0xFE, 0xFF, 0x00, 0x31], [0x31, 0x00], [0x00, 0x31],
        [0x22, 0x00, 0x61, 0x00, 0x22, 0x00],
        [0x00, 0x22, 0x00, 0xE9, 0x00, 0x22], [0xFF, 0xFE, 0x00, 0x00, 0x31, 0x00, 0x00, 0x00],
        [0xEF, 0xBB, 0xBF, 0x7B, 0x7D],
        [0xEF, 0xBB, 0xBF], [0xEF, 0xBB],
    ]
}
