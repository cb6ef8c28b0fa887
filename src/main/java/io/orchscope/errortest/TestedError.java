package io.orchscope.errortest;

import io.orchscope.circuit.CircuitId;
import java.util.Optional;

/**
 * An error on which a test is made.
 *
 * @param occurrenceKey by which the ledger knows it
 * @param defectCode or {@code UNCLASSIFIED}
 * @param title of the code; empty where there is none
 * @param errorText as MDSO wrote it
 * @param logLink where people read its logs: an address of a page, or a folder
 */
public record TestedError(
    String occurrenceKey,
    String productType,
    CircuitId circuit,
    String defectCode,
    String title,
    String errorText,
    Optional<String> logLink) {}
