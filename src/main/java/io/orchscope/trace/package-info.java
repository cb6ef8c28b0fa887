/** MDSO's own record of what it did for a circuit, and which of its entries is the error. */
package io.orchscope.trace;
