package io.qdqlint.onnx;

import static io.qdqlint.ir.InvalidModelException.quote;

import io.qdqlint.ir.InvalidModelException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The tokens of ONNX's textual syntax: identifiers, strings, numbers, punctuation; white space and comments between. */
final class TextCursor {
    /** A literal; {@code text} is a number as written or a string's content. */
    record Literal(Kind kind, String text) {
        enum Kind {
            INT,
            FLOAT,
            STRING
        }
    }

    private final String text;
    private int at;
    private int end;
    private final Map<Integer, String> comments = new TreeMap<>();

    TextCursor(String text) {
        this.text = text;
    }

    /** Comments met so far, without {@code #}, by their offset. */
    Map<Integer, String> comments() {
        return comments;
    }

    /** Offset of the next token. */
    int next() {
        skipSpace();
        return at;
    }

    /** Offset just after the last token taken. */
    int end() {
        return end;
    }

    boolean atEnd() {
        skipSpace();
        return at >= text.length();
    }

    /** The next character that is not space, 0 at the end. */
    char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : 0;
    }

    boolean matches(char c) {
        if (peek() != c || c == 0) {
            return false;
        }
        at++;
        end = at;
        return true;
    }

    void expect(char c) {
        if (!matches(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    void expectArrow() {
        skipSpace();
        if (!text.startsWith("=>", at)) {
            throw unexpected("'=>'");
        }
        at += 2;
        end = at;
    }

    /** The identifier that comes next, or an empty string; nothing is taken. */
    String peekIdentifier() {
        skipSpace();
        int to = at;
        if (to < text.length() && isLetter(text.charAt(to))) {
            while (to < text.length() && (isLetter(text.charAt(to)) || isDigit(text.charAt(to)))) {
                to++;
            }
        }
        return text.substring(at, to);
    }

    /** Takes the identifier that comes next; an empty string if none does. */
    String identifierOrEmpty() {
        String id = peekIdentifier();
        at += id.length();
        end = id.isEmpty() ? end : at;
        return id;
    }

    String identifier(String what) {
        String id = identifierOrEmpty();
        if (id.isEmpty()) {
            throw unexpected(what);
        }
        return id;
    }

    /** An identifier or a string. */
    String name(String what) {
        return peek() == '"' ? string(what) : identifier(what);
    }

    String string(String what) {
        if (peek() != '"') {
            throw unexpected(what + " in double quotes");
        }
        int start = at;
        StringBuilder out = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && ++at == text.length()) {
                break;
            }
            out.append(text.charAt(at));
        }
        if (at >= text.length()) {
            throw error(start, "the string that starts here is not closed");
        }
        at++;
        end = at;
        return out.toString();
    }

    /** True if a float written in letters comes next: inf, infinity or nan. */
    boolean nextIsNamedFloat() {
        return switch (peekIdentifier().toLowerCase(Locale.ROOT)) {
            case "inf", "infinity", "nan" -> true;
            default -> false;
        };
    }

    Literal literal(String what) {
        char c = peek();
        if (c == '"') {
            return new Literal(Literal.Kind.STRING, string(what));
        }
        int from = at;
        at += c == '-' ? 1 : 0;
        if (at < text.length() && isLetter(text.charAt(at)) && nextIsNamedFloat()) {
            boolean nan = identifierOrEmpty().equalsIgnoreCase("nan");
            return new Literal(Literal.Kind.FLOAT, nan ? "NaN" : c == '-' ? "-Infinity" : "Infinity");
        }
        int digits = at;
        skipDigits();
        if (at == digits) {
            at = from;
            throw unexpected(what);
        }
        Literal.Kind kind = Literal.Kind.INT;
        if (at < text.length() && text.charAt(at) == '.') {
            kind = Literal.Kind.FLOAT;
            at++;
            skipDigits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            kind = Literal.Kind.FLOAT;
            at++;
            at += at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? 1 : 0;
            int exponent = at;
            skipDigits();
            if (at == exponent) {
                throw error(from, "the number that starts here has no exponent after its e");
            }
        }
        end = at;
        return new Literal(kind, text.substring(from, at));
    }

    long integer(String what) {
        int from = next();
        Literal literal = literal(what);
        if (literal.kind() != Literal.Kind.INT) {
            throw error(from, "expected " + what + ", an integer, and found " + quote(literal.text()));
        }
        return integer(literal, from);
    }

    /** The value of an INT literal that was read at {@code offset}. */
    long integer(Literal literal, int offset) {
        try {
            return Long.parseLong(literal.text());
        } catch (NumberFormatException e) {
            throw error(offset, "the integer " + quote(literal.text()) + " does not fit 64 bits");
        }
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int line = text.indexOf('\n', at);
                int to = line < 0 ? text.length() : line;
                comments.put(at, text.substring(at + 1, to));
                at = to;
            } else if (c == ' ' || c >= '\t' && c <= '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** An error at the next token, which is not what was expected. */
    InvalidModelException unexpected(String what) {
        skipSpace();
        String id = peekIdentifier();
        String found = at >= text.length()
                ? "the end of the file"
                : quote(id.isEmpty() ? new String(Character.toChars(text.codePointAt(at))) : id);
        return error(at, "expected " + what + " and found " + found);
    }

    /** An error at this offset. */
    InvalidModelException error(int offset, String message) {
        int line = line(offset);
        int column = offset - (text.lastIndexOf('\n', offset - 1) + 1) + 1;
        return new InvalidModelException("line " + line + ", column " + column + ": " + message);
    }

    /** Runs something that knows no positions; its error gets this one. */
    <T> T at(int offset, Supplier<T> action) {
        try {
            return action.get();
        } catch (InvalidModelException e) {
            throw error(offset, e.getMessage());
        }
    }

    /** The line of this offset, from 1. */
    int line(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
