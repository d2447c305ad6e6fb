package dev.hearth.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static boolean answers(String text, String term) {
        var wanted = Wanted.of(term);
        boolean inIndex = Words.of(text, 1_000).containsAll(wanted.pieces());
        boolean ranked = wanted.rank(text).isPresent();
        // What has the words is in the index by them; pairs alone may stand apart.
        assertTrue(inIndex || !ranked, text + " / " + term);
        return ranked;
    }

    @Test
    void caseAndAccentsMakeNoDifference() {
        assertTrue(answers("Café CRÈME, naïve", "cafe creme"));
        assertTrue(answers("cafe", "CAFÉ"));
        assertTrue(answers("STRASSE", "straße"));
        assertTrue(answers("ΟΔΟΣ", "οδός"));
        assertTrue(answers("Łódź, Øresund", "lodz oresund"));
        assertTrue(answers("İstanbul", "istanbul"));
        assertTrue(answers("ﬁne １２３", "fine 123"));
        assertTrue(answers("Привет, мир", "привет"));
        assertTrue(answers("مُحَمَّد", "محمد"));
    }

    @Test
    void whatHasNoSpacesIsFoundByItsPieces() {
        assertTrue(answers("今天天气很好", "天气"));
        assertTrue(answers("今天天气很好", "好"));
        assertTrue(answers("これは日本語です", "日本"));
        assertTrue(answers("학교에 갔어요", "학교"));
        assertTrue(answers("สวัสดีครับ", "สวัสดี"));
        assertTrue(answers("ガラス", "ガラス"));
        assertTrue(answers("I ate 寿司 today", "寿司 ATE"));
        assertEquals(false, answers("天下气", "天气"));
        assertEquals(false, answers("日本と本語", "日本語"));
    }

    @Test
    void allWordsMustBeThere() {
        assertEquals(false, answers("hello world", "hello moon"));
        assertEquals(false, answers("helloworld", "hello"));
        assertTrue(answers("it's Bob's", "bob"));
        assertTrue(answers("नमस्ते दुनिया", "नमस्ते"));
    }

    @Test
    void aTextHasOnlySoManyWords() {
        assertEquals(Set.of("a", "b"), Words.of("a b c d", 2));
        assertEquals(64, Words.of("x".repeat(500), 5).iterator().next().length());
        assertTrue(answers("y".repeat(500), "y".repeat(500)));
    }

    @Test
    void emojiAndSignsAreNoWords() {
        assertEquals(Set.of(), Words.of("👍 -- !? …", 10));
        assertTrue(Wanted.of("👍").runs().isEmpty());
    }
}
