package dev.heddle.net;

import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InPiecesStreamTest
        implements ReadingContract,
                FeedingContract,
                WritingContract,
                ClosingContract,
                CancellationContract {
    @Override
    public ByteStream.Pair connect() {
        return ByteStream.pair(7, 1000);
    }

    @Override
    public int bulk() {
        return 100_000;
    }
}
