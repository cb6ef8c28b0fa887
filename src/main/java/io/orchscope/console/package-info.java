/** The operators' page and the JSON API: what was asked, and what is answered. */
package io.orchscope.console;
