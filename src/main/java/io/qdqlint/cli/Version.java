package io.qdqlint.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class Version implements IVersionProvider {
    /** As in pom.xml; a test compares the two. */
    static final String NUMBER = "0.1.0";

    @Override
    public String[] getVersion() {
        return new String[] {"qdqlint " + NUMBER};
    }
}
