/**
 * What the hosts of MDSO have logged: where it stands, what of it belongs to a circuit, how it is
 * read.
 */
package io.orchscope.hostlog;
