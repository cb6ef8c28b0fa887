/** The commands, one class each. */
package io.orchscope.cli;
