package io.orchscope.mdso;

import java.time.Duration;

/**
 * What is known of MDSO's tokens beforehand.
 *
 * @param assumedLifetime of a token where MDSO says none
 * @param renewBefore how long before its end a token is not used any more, at most a quarter of its
 *     life
 */
public record TokenTerms(TokenFlavour flavour, Duration assumedLifetime, Duration renewBefore) {}
