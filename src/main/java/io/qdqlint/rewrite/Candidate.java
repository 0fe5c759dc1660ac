package io.qdqlint.rewrite;

import io.qdqlint.finding.Finding;

/**
 * An edit that may save a kernel or time. Rules may propose many; the forecast of the edited model decides which are worth
 * it.
 *
 * @param rank candidates of a lower rank are tried first
 * @param finding what is reported where the edit saves something; its kernels are those that the edit is to remove
 */
public record Candidate(int rank, Rewrite edit, Finding finding) {
    /** Whether it is to remove kernels; otherwise it may save time alone. */
    public boolean aimsAtKernels() {
        return !finding.kernels().isEmpty();
    }
}
