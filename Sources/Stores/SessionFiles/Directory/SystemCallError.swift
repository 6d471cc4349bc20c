public import Platform

/// A system call that failed, as the cause of errors of this store.
public typealias SystemCallError = SystemError
