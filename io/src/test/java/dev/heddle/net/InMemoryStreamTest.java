package dev.heddle.net;

import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InMemoryStreamTest
        implements ReadingContract,
                FeedingContract,
                WritingContract,
                ClosingContract,
                CancellationContract {
    @Override
    public ByteStream.Pair connect() {
        return ByteStream.pair();
    }

    @Override
    public int bulk() {
        return 200_000;
    }
}
