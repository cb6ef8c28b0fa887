/** The old monitor: how it kept its table, and how it classified and counted. */
package io.orchscope.legacy;
