package io.qdqlint.ir;

/** The file is not a model that can be analysed. The message is one sentence for the person who passed the file. */
public final class InvalidModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_QUOTE = 120;

    public InvalidModelException(String message) {
        super(message);
    }

    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A name from the file as a message may show it: in quotes, cut to a readable length, without control characters. */
    public static String quote(String name) {
        return quote(name, "'");
    }

    static String quote(String name, String mark) {
        String text = String.valueOf(name);
        String cut = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        return mark + cut.replaceAll("\\p{Cntrl}", "?") + mark;
    }
}
