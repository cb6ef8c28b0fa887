/** The store of what was seen and what was decided. */
package io.orchscope.ledger;
