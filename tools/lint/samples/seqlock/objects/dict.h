// Readers go by a seqlock.
class SeqLock {};
