/// Search over a folder of text files: an application in small.
///
/// [dev.heddle.examples.search.Indexer] walks the folder and writes what it finds into a
/// [dev.heddle.examples.search.SearchIndex], which answers queries meanwhile. Start reading at the
/// latter; `Words` says what counts as a word, `Postings` and `Block` how the index is laid out.
///
/// Everything here is for tasks, except what its own documentation says. What is slow (files, the
/// database, cutting text into words) happens on workers; what tasks share belongs to the loop and
/// needs no lock.
@NullMarked
package dev.heddle.examples.search;

import org.jspecify.annotations.NullMarked;
