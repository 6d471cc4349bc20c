internal import CCurl
internal import Platform

/// Runs all transfers of a client, on a thread of its own.
///
/// All use of libcurl is confined to that thread: this value never leaves `run`.
struct TransferDriver: ~Copyable {
    private let mailbox: DriverMailbox
    private let multi: OpaquePointer
    private var transfers: [ObjectIdentifier: CurlTransfer] = [:]
    private var isShutDown = false

    /// The body of the driver thread: returns after ``DriverMailbox/Command/shutDown``.
    static func run(_ mailbox: DriverMailbox) {
        do throws(HTTPError) {
            var driver = try TransferDriver(mailbox)
            driver.runUntilShutDown()
        } catch {
            refuseEverything(mailbox, error)
        }
    }

    /// Answers every request with the reason why none can be sent.
    ///
    /// Only a new client tries again: a library is not installed while a program runs.
    private static func refuseEverything(_ mailbox: DriverMailbox, _ error: HTTPError) {
        while true {
            for command in mailbox.take() {
                switch command {
                case .start(_, let channel): channel.finish(.failure(error))
                case .resume, .stop: continue
                case .shutDown: return
                }
            }
            mailbox.wait()
        }
    }

    private init(_ mailbox: DriverMailbox) throws(HTTPError) {
        try CurlLibrary.load()
        guard let multi = sesh_curl_multi_create() else {
            throw HTTPError(.transportFailed, "libcurl could not be set up: not enough memory")
        }
        self.mailbox = mailbox
        self.multi = multi
    }

    deinit {
        for transfer in transfers.values {
            sesh_curl_multi_remove(multi, transfer.handle)
            transfer.channel.finish(.failure(.cancelled))
        }
        sesh_curl_multi_destroy(multi)
    }

    private mutating func runUntilShutDown() {
        while true {
            for command in mailbox.take() { apply(command) }
            if isShutDown { return }
            sesh_curl_multi_perform(multi)
            collectDone()
            stopOverdue()
            sesh_curl_multi_wait(multi, mailbox.wakeupDescriptor, millisecondsToNextDeadline())
        }
    }

    private mutating func apply(_ command: DriverMailbox.Command) {
        switch command {
        case .start(let request, let channel):
            do throws(HTTPError) {
                let transfer = try CurlTransfer(request, channel: channel)
                guard sesh_curl_multi_add(multi, transfer.handle) else {
                    throw HTTPError(.transportFailed, "libcurl did not take the request")
                }
                transfers[ObjectIdentifier(channel)] = transfer
            } catch {
                channel.finish(.failure(error))
            }
        case .resume(let channel): transfers[ObjectIdentifier(channel)]?.resume()
        case .stop(let channel): remove(channel, ending: .failure(.cancelled))
        case .shutDown: isShutDown = true
        }
    }

    private mutating func remove(_ channel: TransferChannel, ending: Result<Void, HTTPError>) {
        guard let transfer = transfers.removeValue(forKey: ObjectIdentifier(channel)) else { return }
        sesh_curl_multi_remove(multi, transfer.handle)
        channel.finish(ending)
    }

    private mutating func collectDone() {
        var outcome = sesh_curl_outcome_done
        while let handle = sesh_curl_multi_next_done(multi, &outcome) {
            // There are few transfers: a conversation waits for one answer at a time.
            guard let transfer = transfers.values.first(where: { $0.handle == handle }) else { continue }
            remove(transfer.channel, ending: transfer.ending(outcome))
        }
    }

    private mutating func stopOverdue() {
        let now = SuspendingClock.now
        for transfer in transfers.values {
            if let error = transfer.timeout(at: now) { remove(transfer.channel, ending: .failure(error)) }
        }
    }

    /// The time until the next deadline of ours; libcurl shortens it for its own.
    private func millisecondsToNextDeadline() -> Int32 {
        let now = SuspendingClock.now
        let next = transfers.values.compactMap { $0.deadline }.min()
        guard let next else { return 3_600_000 }
        // Rounded up: a wait that ends before the deadline would be followed by others of no time at all.
        let milliseconds = (next - now) / .milliseconds(1)
        return Int32(clamping: Int(min(max(milliseconds, 0), 3_600_000).rounded(.up)))
    }
}

/// libcurl, loaded on first use.
enum CurlLibrary {
    /// Its file names, the usual one first.
    static let names = ["libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"]

    /// Loads the first library that is installed; costs next to nothing when one is loaded already.
    /// - Parameter names: file names to try.
    /// - Throws: ``HTTPError`` with `libraryMissing`.
    static func load(names: [String] = names) throws(HTTPError) {
        var reasons: [String] = []
        for name in names {
            var reason = [CChar](repeating: 0, count: 512)
            if sesh_curl_load(name, &reason, reason.count) { return }
            reasons.append(String(terminated: reason))
        }
        throw HTTPError(
            .libraryMissing, "libcurl is not installed; on Debian and Ubuntu: apt-get install libcurl4",
            cause: reasons.first)
    }
}
