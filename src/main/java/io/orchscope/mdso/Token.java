package io.orchscope.mdso;

import io.orchscope.settings.Secret;
import java.time.Instant;

/**
 * Leave to speak to MDSO until a moment, by the steady clock.
 *
 * @param renewFrom when to ask for another one
 */
record Token(Secret value, Instant renewFrom, Instant expiresAt) {}
