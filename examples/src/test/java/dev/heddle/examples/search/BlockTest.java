package dev.heddle.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BlockTest {
    private record Entry(int file, int count, int inName) {}

    @Test
    void whatIsWrittenIsRead() {
        Random random = new Random(7);
        String[] letters = {"a", "b", "é", "\uD801\uDC28", "\uD801\uDC29", "日"};
        TreeMap<String, List<Entry>> words = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            StringBuilder word = new StringBuilder();
            int length = 1 + random.nextInt(6);
            for (int j = 0; j < length; j++) {
                word.append(letters[random.nextInt(letters.length)]);
            }
            List<Entry> entries = new ArrayList<>();
            int file = 0;
            int files = 1 + random.nextInt(5);
            for (int j = 0; j < files; j++) {
                file += 1 + random.nextInt(1 << random.nextInt(24));
                entries.add(new Entry(file, random.nextInt(1 << 20), random.nextInt(3)));
            }
            words.put(word.toString(), entries);
        }

        List<byte[]> blocks = new ArrayList<>();
        List<String> firsts = new ArrayList<>();
        Block.Writer writer =
                new Block.Writer((first, data) -> {
                    firsts.add(first);
                    blocks.add(data);
                });
        words.forEach((word, entries) -> {
            Postings postings = new Postings();
            entries.forEach(entry -> postings.add(entry.file(), entry.count(), entry.inName()));
            writer.add(word, postings.bytes());
        });
        writer.finish();
        writer.finish();

        TreeMap<String, List<Entry>> read = new TreeMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            var reader = new Block.Reader(blocks.get(i));
            boolean first = true;
            while (reader.next()) {
                if (first) {
                    assertThat(reader.word()).isEqualTo(firsts.get(i));
                    first = false;
                }
                List<Entry> entries = new ArrayList<>();
                reader.forEach(
                        (file, count, inName) -> entries.add(new Entry(file, count, inName)));
                read.put(reader.word(), entries);
            }
        }
        assertThat(blocks).hasSizeGreaterThan(3);
        assertThat(read).isEqualTo(words);
    }
}
