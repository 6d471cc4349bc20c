internal import Dispatch
internal import Synchronization

/// A queue between threads; reading from it blocks.
package final class BlockingQueue<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    private let count = DispatchSemaphore(value: 0)

    /// Makes an empty queue.
    package init() {}

    /// Adds an element at the end, from any thread.
    package func append(_ element: Element) {
        elements.withLock { $0.append(element) }
        count.signal()
    }

    /// Takes the first element; blocks the calling thread until there is one.
    package func next() -> Element {
        count.wait()
        // There is one signal for each element, so the queue is not empty here.
        return elements.withLock { $0.removeFirst() }
    }
}
