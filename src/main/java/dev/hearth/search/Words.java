package dev.hearth.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The words of a text, as they are compared: without case and accents.
///
/// Scripts that put no spaces between words are cut into pieces, each sign and each two that follow
/// one another, so that a word is found wherever it stands. So is Korean, which writes particles on
/// to its words. For what is looked for the pairs suffice.
final class Words {

    /// A longer one is told by its beginning.
    private static final int LONGEST = 64;

    private static final Set<UnicodeScript> UNSPACED =
            Set.of(
                    UnicodeScript.HAN,
                    UnicodeScript.HIRAGANA,
                    UnicodeScript.KATAKANA,
                    UnicodeScript.HANGUL,
                    UnicodeScript.BOPOMOFO,
                    UnicodeScript.THAI,
                    UnicodeScript.LAO,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR,
                    UnicodeScript.TIBETAN);

    private Words() {}

    /// A text without case, accents and other differences that nobody types when looking for it.
    static String fold(String text) {
        var parts =
                Normalizer.normalize(text, Normalizer.Form.NFKD)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT);
        var folded = new StringBuilder(parts.length());
        Normalizer.normalize(parts, Normalizer.Form.NFKD)
                .codePoints()
                .filter(c -> !isAccent(c))
                .map(Words::base)
                .forEach(folded::appendCodePoint);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /// Marks that are put on the letters of alphabets; in other scripts they make the letter.
    private static boolean isAccent(int c) {
        return c >= 0x300 && c <= 0x36F
                || c >= 0x591 && c <= 0x5C7
                || c >= 0x64B && c <= 0x65F
                || c == 0x670
                || c >= 0x1AB0 && c <= 0x1AFF
                || c >= 0x1DC0 && c <= 0x1DFF
                || c >= 0x20D0 && c <= 0x20FF;
    }

    /// Letters with a stroke are not made of parts, though they are typed as if they were.
    private static int base(int c) {
        return switch (c) {
            case 'ø' -> 'o';
            case 'ł' -> 'l';
            case 'đ' -> 'd';
            case 'ħ' -> 'h';
            case 'ı' -> 'i';
            case 'ς' -> 'σ';
            default -> c;
        };
    }

    /// A stretch of letters and digits of one kind.
    ///
    /// @param unspaced whether its words aren't told apart
    record Run(String text, boolean unspaced) {

        /// What it is found by.
        List<String> pieces() {
            if (!unspaced) {
                int end = text.codePointCount(0, text.length());
                return List.of(
                        end <= LONGEST
                                ? text
                                : text.substring(0, text.offsetByCodePoints(0, LONGEST)));
            }
            var pieces = pairs();
            text.codePoints().forEach(c -> pieces.add(Character.toString(c)));
            return pieces;
        }

        /// What it is looked for by.
        List<String> wanted() {
            boolean single = text.codePointCount(0, text.length()) == 1;
            return unspaced && !single ? pairs() : pieces();
        }

        private List<String> pairs() {
            var signs = text.codePoints().toArray();
            var pairs = new ArrayList<String>();
            for (int i = 1; i < signs.length; i++) {
                pairs.add(new String(signs, i - 1, 2));
            }
            return pairs;
        }
    }

    /// The stretches of a folded text.
    static List<Run> runs(String folded) {
        var runs = new ArrayList<Run>();
        int at = 0;
        while (at < folded.length()) {
            int kind = kind(folded.codePointAt(at));
            int end = at;
            while (end < folded.length() && continues(kind, folded.codePointAt(end))) {
                end += Character.charCount(folded.codePointAt(end));
            }
            if (kind != NO_WORD) {
                runs.add(new Run(folded.substring(at, end), kind == UNSPACED_WORD));
            }
            at = end;
        }
        return runs;
    }

    private static final int NO_WORD = 0;
    private static final int WORD = 1;
    private static final int UNSPACED_WORD = 2;

    private static boolean continues(int kind, int c) {
        return kind(c) == kind || kind != NO_WORD && isMark(c);
    }

    private static int kind(int c) {
        if (UNSPACED.contains(UnicodeScript.of(c)) && (Character.isLetter(c) || isMark(c))) {
            return UNSPACED_WORD;
        }
        return Character.isLetterOrDigit(c) || isMark(c) ? WORD : NO_WORD;
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /// What a text is found by, as many as it has at most.
    static Set<String> of(String text, int most) {
        var words = new LinkedHashSet<String>();
        for (var run : runs(fold(text))) {
            for (var piece : run.pieces()) {
                if (words.size() < most) {
                    words.add(piece);
                }
            }
        }
        return words;
    }
}
