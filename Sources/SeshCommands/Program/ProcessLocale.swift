#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The character set of the process.
enum ProcessLocale {
    /// Adopts the user's character set, with UTF-8 in any case, for the line editor.
    ///
    /// Without a locale libedit drops every byte above 127 without a word; containers and cron jobs have none. Nothing
    /// else asks the C library, and all twelve categories would be 0.2 ms of every start.
    static func adoptUTF8() {
        setlocale(LC_CTYPE, "")
        guard String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" else { return }
        #if canImport(Glibc)
            setlocale(LC_CTYPE, "C.UTF-8")
        #else
            setlocale(LC_CTYPE, "en_US.UTF-8")
        #endif
    }
}
