#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The character set of the process.
enum ProcessLocale {
    /// Adopts the user's locale, with UTF-8 in any case.
    ///
    /// Without a locale libedit drops every byte above 127 without a word; containers and cron jobs have none.
    static func adoptUTF8() {
        setlocale(LC_ALL, "")
        guard String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" else { return }
        #if canImport(Glibc)
            setlocale(LC_CTYPE, "C.UTF-8")
        #else
            setlocale(LC_CTYPE, "en_US.UTF-8")
        #endif
    }
}
