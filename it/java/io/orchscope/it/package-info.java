/** The packaged program as a process, against simulated neighbours. */
package io.orchscope.it;
