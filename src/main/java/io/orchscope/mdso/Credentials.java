package io.orchscope.mdso;

import io.orchscope.settings.Secret;

/** Who we are to MDSO. */
public record Credentials(String username, Secret password, String tenant) {}
