internal import TerminalText

/// The languages that are coloured.
extension SyntaxLanguage {
    /// Finds a language by the name after an opening fence, in lower case.
    static func named(_ name: String) -> SyntaxLanguage? {
        switch name {
        case "swift": swift
        case "python", "py", "python3": python
        case "javascript", "js", "jsx", "typescript", "ts", "tsx", "mjs": script
        case "json", "jsonc", "json5", "jsonl": json
        case "bash", "sh", "shell", "zsh", "console", "fish", "makefile", "dockerfile": shell
        case "c", "h", "c++", "cpp", "cc", "hpp", "objc", "objective", "cxx": c
        case "rust", "rs": rust
        case "go", "golang": go
        case "java", "kotlin", "kt", "c#", "csharp", "cs", "scala": java
        case "html", "xml", "svg", "vue": markup
        case "css", "scss", "less": style
        case "sql", "sqlite", "postgresql", "mysql": sql
        case "yaml", "yml", "toml", "ini": yaml
        case "ruby", "rb": ruby
        case "diff", "patch": diff
        default: nil
        }
    }

    private static let slashes: [SyntaxRegion] = [.comment("//"), .comment("/*", "*/")]
    private static let quotes: [SyntaxRegion] = [.string("\""), .string("'")]

    private static let swift = SyntaxLanguage(
        """
        actor any as associatedtype async await break case catch class continue default defer deinit do else enum \
        extension fallthrough false fileprivate final for func guard if import in init inout internal is lazy let \
        mutating nil nonisolated open operator override package private protocol public repeat return self Self some \
        static struct subscript super switch throw throws true try typealias var where while
        """, slashes + [.string("\""), .string("\"\"\"", isMultiline: true)])

    private static let python = SyntaxLanguage(
        """
        and as assert async await break case class continue def del elif else except False finally for from global if \
        import in is lambda match None nonlocal not or pass raise return True try while with yield self
        """,
        quotes + [.comment("#"), .string("\"\"\"", isMultiline: true), .string("'''", isMultiline: true)])

    private static let script = SyntaxLanguage(
        """
        abstract as async await break case catch class const continue debugger declare default delete do else enum \
        export extends false finally for from function if implements import in instanceof interface let namespace new \
        null of private protected public readonly return static super switch this throw true try type typeof undefined \
        var void while with yield
        """, slashes + quotes + [.string("`", isMultiline: true)])

    private static let json = SyntaxLanguage("true false null", slashes + [.string("\"")])

    private static let shell = SyntaxLanguage(
        """
        alias break case cd continue do done echo elif else esac exec exit export fi for function if in local read \
        return set shift source then trap unset until while
        """,
        [
            .comment("#", space: true), .string("\"", isMultiline: true),
            .string("'", isMultiline: true, hasEscapes: false, space: true),
        ])

    private static let c = SyntaxLanguage(
        """
        alignas auto bool break case catch char class const constexpr continue default define delete do double else \
        endif enum explicit extern false float for friend goto if ifdef ifndef include inline int long mutable \
        namespace new noexcept nullptr NULL operator override private protected public register return short signed \
        sizeof size_t static static_cast struct switch template this throw true try typedef typename union unsigned \
        using virtual void volatile while
        """, slashes + quotes)

    private static let rust = SyntaxLanguage(
        """
        as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move \
        mut pub ref return self Self static struct super trait true type unsafe use where while bool char str String \
        i8 i16 i32 i64 u8 u16 u32 u64 usize isize f32 f64 Option Result Vec Some None Ok Err
        """, slashes + [.string("\"", isMultiline: true)])

    private static let go = SyntaxLanguage(
        """
        any bool break byte case chan const continue default defer else error fallthrough false float64 for func go \
        goto if import int int64 interface map nil package range return rune select string struct switch true type var
        """, slashes + quotes + [.string("`", isMultiline: true, hasEscapes: false)])

    private static let java = SyntaxLanguage(
        """
        abstract as async await boolean break byte case catch char class const continue data default do double else \
        enum extends false final finally float for foreach fun if implements import in instanceof int interface \
        internal is long namespace new null object out override package private protected public readonly record \
        return short static string super switch synchronized this throw throws true try using val var void volatile \
        when while
        """, slashes + quotes + [.string("\"\"\"", isMultiline: true)])

    private static let markup = SyntaxLanguage(
        """
        a article aside audio body br button canvas code div doctype em footer form h1 h2 h3 h4 h5 h6 head header hr \
        html img input label li link main meta nav ol option p path pre script section select span strong style svg \
        table tbody td textarea th thead title tr ul video
        """, [.comment("<!--", "-->"), .string("\"", hasEscapes: false)], ignoresCase: true)

    private static let style = SyntaxLanguage(
        """
        absolute auto block bold border center color display fixed flex font grid hidden important inherit initial \
        inline margin media none padding position relative solid transparent
        """, [.comment("/*", "*/")] + quotes)

    private static let sql = SyntaxLanguage(
        """
        add all alter and as asc begin between by case check column commit constraint count create cross default delete \
        desc distinct drop else end exists false foreign from full group having if in index inner insert int integer \
        into is join key left like limit not null offset on or order outer over partition primary references returning \
        right rollback select set sum table text then true union unique update using values varchar view when where with
        """,
        [.comment("--"), .comment("/*", "*/"), .string("'", isMultiline: true, hasEscapes: false), .string("\"")],
        ignoresCase: true)

    private static let yaml = SyntaxLanguage(
        "true false null yes no on off",
        [.comment("#", space: true), .string("\"", space: true), .string("'", hasEscapes: false, space: true)])

    private static let ruby = SyntaxLanguage(
        """
        alias and begin break case class def do else elsif end ensure false for if in module next nil not or puts \
        require rescue return self super then true unless until when while yield attr_accessor
        """, quotes + [.comment("#")])

    private static let diff = SyntaxLanguage(
        "", [],
        lineStyles: [
            "+": TextStyle(colour: .green), "-": TextStyle(colour: .red), "@": TextStyle(colour: .cyan),
        ])
}
