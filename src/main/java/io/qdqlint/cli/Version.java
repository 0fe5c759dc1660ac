package io.qdqlint.cli;

/** The version of this build. */
final class Version {
    /** As in pom.xml; a test compares the two. */
    static final String NUMBER = "0.1.0";

    private Version() {}
}
