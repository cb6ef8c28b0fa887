package io.orchscope.errortest;

import io.orchscope.settings.Secret;

/** With whom we log in to devices. */
public record DeviceAccount(String username, Secret password) {}
